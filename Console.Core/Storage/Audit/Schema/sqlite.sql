-- The audit trail in SQLite: the same tables as in PostgreSQL (postgres.sql says what each is for), in the console's one file.
-- Times are microseconds since 1970 in UTC. SQLite knows no privileges: triggers stop mistakes, and verification finds the rest.
CREATE TABLE audit_receipt (
    workspace   TEXT NOT NULL,
    id          TEXT NOT NULL,
    seq         INTEGER NOT NULL UNIQUE,
    recorded_at INTEGER NOT NULL,
    salt        BLOB,
    digest      BLOB NOT NULL,
    PRIMARY KEY (workspace, id)
) WITHOUT ROWID;

-- AUTOINCREMENT: a number is never used twice, also when the newest row is gone. Numbers roll back with their transaction: there are no gaps.
CREATE TABLE audit_inbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace   TEXT NOT NULL,
    id          TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    via         TEXT NOT NULL,
    appended_by TEXT NOT NULL,
    body        TEXT NOT NULL
);

CREATE TABLE audit_leaf (
    leaf_index INTEGER PRIMARY KEY CHECK (leaf_index >= 0),
    seq        INTEGER UNIQUE,
    hash       BLOB NOT NULL CHECK (length(hash) = 32)
);

CREATE TABLE audit_gap (
    leaf_index INTEGER PRIMARY KEY,
    from_seq   INTEGER NOT NULL,
    to_seq     INTEGER NOT NULL CHECK (to_seq >= from_seq)
);
CREATE INDEX audit_gap_from ON audit_gap (from_seq);

CREATE TABLE audit_event (
    leaf_index INTEGER PRIMARY KEY,
    sealed_at  INTEGER NOT NULL,
    leaf       BLOB NOT NULL CHECK (length(leaf) <= 65535)
);

CREATE TABLE audit_disclosure (
    leaf_index INTEGER PRIMARY KEY,
    items      TEXT NOT NULL
);

CREATE TABLE audit_actor (
    ref          TEXT NOT NULL PRIMARY KEY,
    type         TEXT NOT NULL,
    id           TEXT NOT NULL,
    display_name TEXT,
    UNIQUE (id, type)
) WITHOUT ROWID;

CREATE TABLE audit_tile (
    level  INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
    PRIMARY KEY (level, n)
);

CREATE TABLE audit_checkpoint (
    size      INTEGER PRIMARY KEY,
    root      BLOB NOT NULL CHECK (length(root) = 32),
    note      TEXT NOT NULL,
    signed_at INTEGER NOT NULL
);

CREATE TABLE audit_cosignature (
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    line TEXT NOT NULL,
    at   INTEGER NOT NULL,
    PRIMARY KEY (size, name)
) WITHOUT ROWID;

CREATE TABLE audit_anchor (
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    at   INTEGER NOT NULL,
    PRIMARY KEY (size, name)
) WITHOUT ROWID;

CREATE TABLE audit_progress (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit_mark (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit_search (
    leaf_index    INTEGER PRIMARY KEY,
    seq           INTEGER NOT NULL UNIQUE,
    sealed_at     INTEGER NOT NULL,
    event_time    INTEGER NOT NULL,
    recorded_at   INTEGER NOT NULL,
    workspace     TEXT NOT NULL,
    event_id      TEXT NOT NULL,
    trace_id      TEXT,
    actor_ref     TEXT,
    action        TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    resource_type TEXT,
    resource_id   TEXT,
    source        TEXT,
    via           TEXT NOT NULL
);
CREATE INDEX audit_search_workspace ON audit_search (workspace, seq);
CREATE INDEX audit_search_trace ON audit_search (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX audit_search_actor ON audit_search (actor_ref, seq);
CREATE INDEX audit_search_action ON audit_search (action, seq);
CREATE INDEX audit_search_outcome ON audit_search (outcome, seq);
CREATE INDEX audit_search_resource ON audit_search (resource_id, seq) WHERE resource_id IS NOT NULL;
CREATE INDEX audit_search_resource_type ON audit_search (resource_type, seq) WHERE resource_type IS NOT NULL;
CREATE INDEX audit_search_source ON audit_search (source, seq) WHERE source IS NOT NULL;
CREATE INDEX audit_search_time ON audit_search (event_time, seq);

-- Words of the events, by rowid = leaf_index. They are split by our own rule before (AuditSearchWords), so the tokenizer only cuts at spaces.
CREATE VIRTUAL TABLE audit_words USING fts5 (words, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');

-- Words that an erasure takes away leave nothing behind in the index.
INSERT INTO audit_words (audit_words, rank) VALUES ('secure-delete', 1);

-- A row here, for the length of one transaction, lets erasure and pruning through the triggers below.
CREATE TABLE audit_permit (
    purpose TEXT NOT NULL PRIMARY KEY CHECK (purpose IN ('erase', 'prune'))
) WITHOUT ROWID;

CREATE TRIGGER audit_inbox_update BEFORE UPDATE ON audit_inbox BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_inbox is refused: rows of the audit trail are added, never changed.'); END;
CREATE TRIGGER audit_inbox_delete BEFORE DELETE ON audit_inbox WHEN NOT EXISTS (SELECT 1 FROM audit_leaf WHERE seq = OLD.seq)
    BEGIN SELECT RAISE(ABORT, 'DELETE of audit_inbox is refused: the event is not sealed yet.'); END;
CREATE TRIGGER audit_receipt_update BEFORE UPDATE ON audit_receipt
    WHEN NOT EXISTS (SELECT 1 FROM audit_permit) OR NEW.salt IS NOT NULL OR NEW.workspace <> OLD.workspace OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq OR NEW.recorded_at <> OLD.recorded_at OR NEW.digest <> OLD.digest
    BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_receipt is refused: receipts are added, never changed.'); END;
CREATE TRIGGER audit_receipt_delete BEFORE DELETE ON audit_receipt BEGIN SELECT RAISE(ABORT, 'DELETE of audit_receipt is refused: receipts are added, never removed.'); END;
CREATE TRIGGER audit_leaf_update BEFORE UPDATE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_leaf is refused.'); END;
CREATE TRIGGER audit_leaf_delete BEFORE DELETE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'DELETE of audit_leaf is refused.'); END;
CREATE TRIGGER audit_gap_update BEFORE UPDATE ON audit_gap BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_gap is refused.'); END;
CREATE TRIGGER audit_gap_delete BEFORE DELETE ON audit_gap BEGIN SELECT RAISE(ABORT, 'DELETE of audit_gap is refused.'); END;
CREATE TRIGGER audit_tile_update BEFORE UPDATE ON audit_tile BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_tile is refused.'); END;
CREATE TRIGGER audit_tile_delete BEFORE DELETE ON audit_tile BEGIN SELECT RAISE(ABORT, 'DELETE of audit_tile is refused.'); END;
CREATE TRIGGER audit_checkpoint_update BEFORE UPDATE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_checkpoint is refused.'); END;
CREATE TRIGGER audit_checkpoint_delete BEFORE DELETE ON audit_checkpoint BEGIN SELECT RAISE(ABORT, 'DELETE of audit_checkpoint is refused.'); END;
CREATE TRIGGER audit_cosignature_update BEFORE UPDATE ON audit_cosignature BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_cosignature is refused.'); END;
CREATE TRIGGER audit_cosignature_delete BEFORE DELETE ON audit_cosignature BEGIN SELECT RAISE(ABORT, 'DELETE of audit_cosignature is refused.'); END;
CREATE TRIGGER audit_anchor_update BEFORE UPDATE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_anchor is refused.'); END;
CREATE TRIGGER audit_anchor_delete BEFORE DELETE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'DELETE of audit_anchor is refused.'); END;
CREATE TRIGGER audit_event_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_event is refused.'); END;
CREATE TRIGGER audit_event_delete BEFORE DELETE ON audit_event WHEN NOT EXISTS (SELECT 1 FROM audit_permit WHERE purpose = 'prune')
    BEGIN SELECT RAISE(ABORT, 'DELETE of audit_event is refused: only pruning may do that.'); END;
CREATE TRIGGER audit_disclosure_update BEFORE UPDATE ON audit_disclosure WHEN NOT EXISTS (SELECT 1 FROM audit_permit)
    BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_disclosure is refused: only erasure may do that.'); END;
CREATE TRIGGER audit_disclosure_delete BEFORE DELETE ON audit_disclosure WHEN NOT EXISTS (SELECT 1 FROM audit_permit)
    BEGIN SELECT RAISE(ABORT, 'DELETE of audit_disclosure is refused: only erasure and pruning may do that.'); END;
CREATE TRIGGER audit_actor_update BEFORE UPDATE ON audit_actor WHEN NOT EXISTS (SELECT 1 FROM audit_permit)
    BEGIN SELECT RAISE(ABORT, 'UPDATE of audit_actor is refused: only erasure may do that.'); END;
CREATE TRIGGER audit_actor_delete BEFORE DELETE ON audit_actor WHEN NOT EXISTS (SELECT 1 FROM audit_permit)
    BEGIN SELECT RAISE(ABORT, 'DELETE of audit_actor is refused: only erasure and pruning may do that.'); END;
