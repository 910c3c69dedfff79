CREATE TABLE draft (address TEXT PRIMARY KEY, content BLOB NOT NULL, size INTEGER NOT NULL, attributes TEXT NOT NULL, saved_at INTEGER);
CREATE TABLE base (address TEXT PRIMARY KEY, md5 BLOB NOT NULL, content BLOB NOT NULL, attributes TEXT);
CREATE TABLE override (address TEXT PRIMARY KEY, content BLOB NOT NULL, type TEXT NOT NULL, set_at INTEGER);
