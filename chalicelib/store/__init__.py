"""DynamoDB and S3, made plain: nouns go in and come out. No other package knows a key, an attribute or a bucket."""
