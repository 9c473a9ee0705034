"""The engine that decides with durable_rules, one fresh working memory a touch."""
