"""Word lists that trained pipelines read as features."""
