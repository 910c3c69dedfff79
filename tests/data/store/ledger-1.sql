CREATE TABLE blob (sha256 BLOB PRIMARY KEY, zstd BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE intent (id INTEGER PRIMARY KEY, at TEXT NOT NULL, owner TEXT NOT NULL, program TEXT NOT NULL, plan TEXT NOT NULL, idx INTEGER NOT NULL, address TEXT NOT NULL, verb TEXT NOT NULL, comparison TEXT NOT NULL, undo TEXT NOT NULL, before BLOB, after BLOB, reason TEXT NOT NULL, summary TEXT NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE outcome (intent INTEGER PRIMARY KEY REFERENCES intent(id), at TEXT NOT NULL, outcome TEXT NOT NULL, verified INTEGER NOT NULL, error TEXT, previous BLOB NOT NULL, hash BLOB NOT NULL);
CREATE INDEX intent_plan ON intent(plan, idx);
CREATE UNIQUE INDEX intent_previous ON intent(previous);
CREATE UNIQUE INDEX outcome_previous ON outcome(previous);
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), hash BLOB NOT NULL, rows INTEGER NOT NULL);
INSERT INTO head VALUES(1, zeroblob(32), 0);
CREATE TABLE open (intent INTEGER PRIMARY KEY);
