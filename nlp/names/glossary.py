"""Words of organisations' names that are translated and not transliterated, under one English word each."""

import re
from functools import cache

from nlp.folding import folded

# Legal forms that are written out; they say what kind of body it is, not which.
FORM_PHRASES = (
    "общество с ограниченной ответственностью",
    "публичное акционерное общество",
    "закрытое акционерное общество",
    "открытое акционерное общество",
    "акционерное общество",
    "товариство з обмеженою відповідальністю",
    "федеральное государственное унитарное предприятие",
    "государственное унитарное предприятие",
    "joint stock company",
    "limited liability company",
    "private limited",
    "societe anonyme",
    "sociedad anonima",
    "sociedad limitada",
    "gesellschaft mit beschrankter haftung",
    "anonim sirketi",
    "limited sirketi",
    "شركه ذات مسووليه محدوده",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "株式会社",
    "주식회사",
    "유한회사",
)
GLOSSARY = {
    "company": "company corporation corp компания корпорация شركه شركت 公司 会社 회사 compagnie compania empresa firma фирма предприятие",
    "group": "group holding группа холдинг مجموعه گروه گروة 集团 控股 groupe grupo",
    "technology": "technology technologies tech technical technological технологии технология технологий техника технических تكنولوجيا فناوري تقنيه 科技 技术 技術 기술 technologie tecnologia",
    "electronic": "electronic electronics электроника электронные электроники электронных الكترونيك الكترونيه الكترونيات 电子 전자 electronique electronica",
    "trading": "trading trade торговый торговля торговая торговли بازرگاني تجاره تجارت 贸易 商贸 무역 commerce comercio comercial",
    "international": "international международный международная международная بين المللي دوليه الدوليه 国际 국제 internationale internacional",
    "development": "development развитие развития توسعه تنميه 发展 개발 developpement desarrollo",
    "industry": "industry industries industrial промышленность промышленный промышленная промышленности صنايع صنعتي صناعيه صناعات 工业 实业 产业 산업 industrie industria",
    "science": "science sciences scientific научный научная научно наука наук علوم علمي علميه 科学 과학 scientifique ciencia",
    "research": "research исследований исследовательский исследовательская تحقيقات پژوهش پژوهشي بحوث ابحاث 研究 연구 recherche investigacion",
    "institute": "institute институт مؤسسه موسسه پژوهشگاه معهد 研究所 研究院 院 연구소 institut instituto",
    "university": "university университет دانشگاه جامعه 大学 대학 대학교 universite universidad",
    "academy": "academy академия اكاديمي 学院 아카데미 academie",
    "center": "center centre центр مركز 中心 센터 centro",
    "ministry": "ministry министерство وزاره وزارت 部 성 ministere ministerio",
    "defense": "defense defence оборона обороны оборонный دفاع 国防 국방 defensa",
    "energy": "energy энергия энергетика энергетики نيرو انرژي طاقه 能源 에너지 energie energia",
    "aviation": "aviation aerospace aviatsionnaya авиация авиационный авиационная هوايي هوا فضا طيران 航空 항공 aviacion",
    "space": "space космос космический космическая فضايي فضاء 航天 우주",
    "satellite": "satellite satellites спутник ماهواره 卫星 위성",
    "plant": "plant factory works завод фабрика كارخانه مصنع 厂 工厂 공장 usine fabrica",
    "machine": "machine machinery машины машиностроение машиностроительный ماشين 机械 기계 machines maquinaria",
    "equipment": "equipment оборудование оборудования تجهيزات معدات 设备 装备 설비 equipement equipo",
    "instrument": "instrument instruments прибор приборов приборостроение 仪器 仪表 기기",
    "design": "design конструкторское конструкторский проектный طراحي تصميم 设计 설계",
    "bureau": "bureau бюро دفتر مكتب 局 국 oficina",
    "production": "production производственный производство производственное توليد انتاج 生产 생산",
    "system": "system systems система систем системы سامانه منظومات 系统 시스템",
    "engineering": "engineering инженерный инжиниринг инженеринг مهندسي هندسه 工程 공학 ingenierie ingenieria",
    "import": "import импорт واردات استيراد 进口 进出口 수입",
    "export": "export экспорт صادرات تصدير 出口 수출",
    "bank": "bank банк بانك بنك مصرف 银行 은행 banque banco",
    "shipping": "shipping ship marine maritime судоходство судоходная морской كشتيراني ملاحه 航运 海运 해운",
    "transport": "transport transportation транспорт транспортная حمل ونقل نقل 运输 운수",
    "logistics": "logistics логистика логистик لجستيك 物流 물류",
    "oil": "oil petroleum нефть нефтяная نفت نفط 石油 석유",
    "chemical": "chemical chemicals химический химическая شيميايي كيماويه كيماويات 化工 化学 화학 chimique quimica",
    "steel": "steel сталь فولاد 钢铁 강철",
    "metal": "metal metals металл металлургический فلزات معادن 金属 금속",
    "material": "material materials материалы материалов مواد 材料 재료",
    "general": "general генеральный كل عامه 总 총",
    "state": "state national государственный государственное национальный ملي وطني 国家 국가 nationale nacional",
    "organization": "organization organisation организация سازمان منظمه 组织 기구 조직 organizacion",
    "committee": "committee комитет كميته لجنه 委员会 위원회 comite",
    "force": "force forces силы نيروها قوات 部队 부대 fuerzas",
    "guard": "guard guards гвардия پاسداران سپاه حرس 警卫",
    "prison": "prison тюрьма زندان سجن 监狱 교도소",
    "court": "court суд دادگاه محكمه 法院 재판소",
    "information": "information информация информационный информационные اطلاعات معلومات 信息 정보",
    "communication": "communication communications связь связи مخابرات ارتباطات 通信 通讯 통신",
    "optics": "optics optical оптика оптический 光学 光电 광학",
    "century": "century века 世纪",
    "new": "new новый новая نوين جديد 新",
    "hongkong": "hongkong 香港",
    "shenzhen": "shenzhen 深圳市 深圳",
    "shanghai": "shanghai 上海市 上海",
    "beijing": "beijing 北京市 北京",
    "china": "china китай چين صين 中国 중국",
    "korea": "korea 朝鲜 조선 корея",
    "russia": "russia russian россия российский российская",
    "iran": "iran iranian ايران",
    "islamic": "islamic исламский اسلامي 伊斯兰",
    "revolutionary": "revolutionary революционный انقلاب ثوري 革命",
}
EAST_ASIAN = re.compile(r"[㐀-鿿\uf900-\ufaff가-힯]")


@cache
def concepts() -> dict[str, str]:
    """Return folded word to English word."""
    return {folded(word): concept for concept, listed in GLOSSARY.items() for word in f"{concept} {listed}".split()}


@cache
def _east_asian() -> re.Pattern[str]:
    words = sorted((word for word in concepts() if len(word) > 1 and EAST_ASIAN.search(word)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(p)}(?!\w)" if not EAST_ASIAN.search(p) else p for p in map(folded, FORM_PHRASES))
    )


def without_forms(name: str) -> str:
    """Return a folded *name* without legal forms that are written out; as it was where nothing is left."""
    bare = _forms().sub(" ", name).strip()
    return bare or name


def divided(run: str) -> list[str]:
    """Return a run of East Asian letters cut where a word of the glossary begins or ends."""
    cut = _east_asian().sub(lambda match: f" {match.group()} ", run)
    return cut.split()
