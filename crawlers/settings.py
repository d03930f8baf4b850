"""Settings of the Scrapy project: what Watchword does itself is switched off here."""

from typing import Any

BOT_NAME = "watchword"
SPIDER_MODULES = ["crawlers.spiders"]
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
DOWNLOAD_HANDLERS = {"http": "crawlers.handler.WireHandler", "https": "crawlers.handler.WireHandler"}
SCHEDULER = "crawlers.scheduler.HostScheduler"
# The gate keeps the delays, because they hold across the spiders of a process.
DOWNLOAD_DELAY = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 64
# Scrapy starts this many tasks for each response; a spider here yields requests, which need no pipeline.
CONCURRENT_ITEMS = 1
DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "crawlers.middlewares.CustodyMiddleware": 10,
    "crawlers.middlewares.RobotsMiddleware": 20,
    "crawlers.middlewares.RecoveryMiddleware": 30,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
}
SPIDER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
TELNETCONSOLE_ENABLED = False
MEMUSAGE_ENABLED = False
EXTENSIONS: dict[str, Any] = {
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
}
STATS_DUMP = False
LOG_INSTALL_ROOT_HANDLER = False
LOG_LEVEL = "WARNING"
