-- The audit trail in PostgreSQL 15 and later: inbox, log and search index (docs/audit-trail.md).
-- Everything belongs to audit_owner, which nobody logs in as. Applications hold audit_writer and can do one thing: audit.append(jsonb).
-- Runs inside the migration's transaction; the roles exist already (PostgresRoles).
CREATE SCHEMA audit AUTHORIZATION audit_owner;
SET LOCAL ROLE audit_owner;

-- ---- 1. inbox: recorded, not sealed yet ----------------------------------------------------------------------------
-- CACHE 1: a session must never hold numbers in store, or a gap could be filled after it was judged (audit.settle in the sealer).
CREATE SEQUENCE audit.event_seq AS bigint START 1 CACHE 1;

CREATE TABLE audit.receipt (
    workspace   text COLLATE "C" NOT NULL,
    id          text COLLATE "C" NOT NULL,
    seq         bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    salt        bytea,                       -- null once erased: the digest then says nothing about the body
    digest      bytea NOT NULL,              -- SHA-256(salt || body): tells a duplicate from a conflict
    PRIMARY KEY (workspace, id)
);
CREATE INDEX receipt_seq ON audit.receipt (seq);

CREATE TABLE audit.inbox (
    seq         bigint PRIMARY KEY,
    workspace   text COLLATE "C" NOT NULL,
    id          text COLLATE "C" NOT NULL,
    recorded_at timestamptz NOT NULL,
    via         text NOT NULL,
    appended_by text NOT NULL,
    body        text NOT NULL                -- text of the jsonb that was appended: normalised once, here
);

-- ---- 2. log: sealed --------------------------------------------------------------------------------------------------
CREATE TABLE audit.leaf (
    leaf_index bigint PRIMARY KEY CHECK (leaf_index >= 0),
    seq        bigint UNIQUE,                -- null: the leaf declares a range of numbers void (audit.gap)
    hash       bytea NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE TABLE audit.gap (
    leaf_index bigint PRIMARY KEY REFERENCES audit.leaf,
    from_seq   bigint NOT NULL,
    to_seq     bigint NOT NULL CHECK (to_seq >= from_seq)
);
CREATE INDEX gap_from ON audit.gap (from_seq);

CREATE TABLE audit.event (
    leaf_index bigint NOT NULL,
    sealed_at  timestamptz NOT NULL,
    leaf       bytea NOT NULL CHECK (octet_length(leaf) <= 65535),
    PRIMARY KEY (leaf_index, sealed_at)
) PARTITION BY RANGE (sealed_at);

CREATE TABLE audit.disclosure (
    leaf_index bigint PRIMARY KEY,
    items      text COLLATE "C" NOT NULL     -- disclosures as RFC 9901 writes them, joined by '~'
);

CREATE TABLE audit.actor (
    ref          text COLLATE "C" PRIMARY KEY,
    type         text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    display_name text
);
CREATE UNIQUE INDEX actor_id ON audit.actor (id, type);

CREATE TABLE audit.tile (
    level  smallint NOT NULL,
    n      bigint NOT NULL,
    hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
    PRIMARY KEY (level, n)
);

CREATE TABLE audit.checkpoint (
    size      bigint PRIMARY KEY,            -- no two roots for one size
    root      bytea NOT NULL CHECK (octet_length(root) = 32),
    note      text NOT NULL,
    signed_at timestamptz NOT NULL
);

CREATE TABLE audit.cosignature (
    size bigint NOT NULL REFERENCES audit.checkpoint,
    name text COLLATE "C" NOT NULL,
    line text NOT NULL,
    at   timestamptz NOT NULL,
    PRIMARY KEY (size, name)
);

CREATE TABLE audit.anchor (
    size bigint NOT NULL REFERENCES audit.checkpoint,
    name text COLLATE "C" NOT NULL,
    at   timestamptz NOT NULL,
    PRIMARY KEY (size, name)
);

-- How far the sealer has come: an aid to start quickly. Nothing is proved by it, and verification does not believe it.
CREATE TABLE audit.progress (
    name  text COLLATE "C" PRIMARY KEY,      -- settled: every number up to here is sealed or void; indexed: every leaf below is in search
    value bigint NOT NULL
);

-- How far retention and the copying of Google's log have come: what is done twice is done once. Verification does not look at it.
CREATE TABLE audit.mark (
    name  text COLLATE "C" PRIMARY KEY,
    value bigint NOT NULL
);

-- ---- 3. search: made from 2, can be made again -------------------------------------------------------------------------
CREATE TABLE audit.search (
    leaf_index    bigint PRIMARY KEY,
    seq           bigint NOT NULL UNIQUE,
    sealed_at     timestamptz NOT NULL,
    event_time    timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL,
    workspace     text COLLATE "C" NOT NULL,
    event_id      text COLLATE "C" NOT NULL,
    trace_id      text COLLATE "C",
    actor_ref     text COLLATE "C",
    action        text COLLATE "C" NOT NULL,
    outcome       text COLLATE "C" NOT NULL,
    resource_type text COLLATE "C",
    resource_id   text COLLATE "C",
    source        text COLLATE "C",
    via           text COLLATE "C" NOT NULL,
    words         text[] COLLATE "C" NOT NULL
);
CREATE INDEX search_workspace ON audit.search (workspace, seq);
CREATE INDEX search_trace ON audit.search (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX search_actor ON audit.search (actor_ref, seq);
CREATE INDEX search_action ON audit.search (action, seq);
CREATE INDEX search_outcome ON audit.search (outcome, seq);
CREATE INDEX search_resource ON audit.search (resource_id, seq) WHERE resource_id IS NOT NULL;
CREATE INDEX search_resource_type ON audit.search (resource_type, seq) WHERE resource_type IS NOT NULL;
CREATE INDEX search_source ON audit.search (source, seq) WHERE source IS NOT NULL;
CREATE INDEX search_time ON audit.search (event_time, seq);
CREATE INDEX search_words ON audit.search USING gin (array_to_tsvector(words));

-- ---- rows are added, never changed ---------------------------------------------------------------------------------------
-- ENABLE ALWAYS: an ordinary trigger is skipped under session_replication_role = replica.
-- AU403 = refused. audit_owner is the current user only inside of its own SECURITY DEFINER functions: erasure and pruning.
CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'AU403',
        MESSAGE = format('%s of audit.%s is refused: rows of the audit trail are added, never changed or removed.', TG_OP, TG_TABLE_NAME);
END $$;

CREATE FUNCTION audit.refuse_change_of_others() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user <> 'audit_owner' OR (TG_OP = 'UPDATE' AND TG_TABLE_NAME LIKE 'event%') THEN
        RAISE EXCEPTION USING ERRCODE = 'AU403',
            MESSAGE = format('%s of audit.%s is refused: only erasure and pruning may do that, through their own functions.', TG_OP, TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION audit.refuse_change_but_of_salt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'audit_owner' AND TG_OP = 'UPDATE' AND NEW.salt IS NULL
        AND (NEW.workspace, NEW.id, NEW.seq, NEW.recorded_at, NEW.digest) = (OLD.workspace, OLD.id, OLD.seq, OLD.recorded_at, OLD.digest) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'AU403', MESSAGE = format('%s of audit.receipt is refused: receipts are added, never changed or removed.', TG_OP);
END $$;

-- The planner knows nothing of a transition table and may have old statistics of the leaves: it is told to look each one up.
CREATE FUNCTION audit.refuse_loss() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    lost bigint;
BEGIN
    SELECT g.seq INTO lost FROM gone g LEFT JOIN LATERAL (SELECT true AS is_sealed FROM audit.leaf l WHERE l.seq = g.seq LIMIT 1) l ON true
        WHERE l.is_sealed IS NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'AU403', MESSAGE = format('DELETE of audit.inbox is refused: event %s is not sealed yet.', lost);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER inbox_loss AFTER DELETE ON audit.inbox REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_loss();
ALTER TABLE audit.inbox ENABLE ALWAYS TRIGGER inbox_loss;
CREATE TRIGGER inbox_update BEFORE UPDATE ON audit.inbox FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
ALTER TABLE audit.inbox ENABLE ALWAYS TRIGGER inbox_update;
CREATE TRIGGER receipt_change BEFORE UPDATE OR DELETE ON audit.receipt FOR EACH ROW EXECUTE FUNCTION audit.refuse_change_but_of_salt();
ALTER TABLE audit.receipt ENABLE ALWAYS TRIGGER receipt_change;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['leaf', 'gap', 'tile', 'checkpoint', 'cosignature', 'anchor'] LOOP
        EXECUTE format('CREATE TRIGGER %s_change BEFORE UPDATE OR DELETE ON audit.%I FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()', name, name);
        EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER %s_change', name, name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['event', 'disclosure', 'actor'] LOOP
        EXECUTE format('CREATE TRIGGER %s_change BEFORE UPDATE OR DELETE ON audit.%I FOR EACH ROW EXECUTE FUNCTION audit.refuse_change_of_others()', name, name);
        EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER %s_change', name, name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['inbox', 'receipt', 'leaf', 'gap', 'tile', 'checkpoint', 'cosignature', 'anchor', 'event', 'disclosure', 'actor'] LOOP
        EXECUTE format('CREATE TRIGGER %s_truncate BEFORE TRUNCATE ON audit.%I FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', name, name);
        EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER %s_truncate', name, name);
    END LOOP;
END $$;

-- One partition a month, made ahead. Row triggers come from the parent; a TRUNCATE of a partition asks only the partition's own.
CREATE FUNCTION audit.make_partitions(earliest timestamptz, latest timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    month timestamp := date_trunc('month', earliest AT TIME ZONE 'UTC');
    name text;
BEGIN
    WHILE month <= latest AT TIME ZONE 'UTC' LOOP
        name := 'event_' || to_char(month, 'YYYY_MM');
        IF to_regclass('audit.' || name) IS NULL THEN
            -- Attached rather than made in place: that waits for nobody who reads, such as a long verification.
            EXECUTE format('CREATE TABLE audit.%I (LIKE audit.event INCLUDING CONSTRAINTS)', name);
            EXECUTE format('ALTER TABLE audit.event ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)', name,
                month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
            EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER event_change', name);
            EXECUTE format('CREATE TRIGGER event_truncate BEFORE TRUNCATE ON audit.%I FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', name);
            EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER event_truncate', name);
        END IF;
        month := month + interval '1 month';
    END LOOP;
END $$;

-- ---- appending -------------------------------------------------------------------------------------------------------------
-- An optional string of an object.
CREATE FUNCTION audit.is_text(value jsonb, most integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS
    $$ SELECT coalesce(jsonb_typeof(value), 'null') = 'null' OR (jsonb_typeof(value) = 'string' AND char_length(value #>> '{}') <= most) $$;

-- A time of a clock, in a year of four digits: no second 60, no hour 24, as those who read the event have none.
CREATE FUNCTION audit.is_time(value text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN value ~ '^\d{4}-\d\d-\d\d[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d'
        AND value::timestamptz >= '0001-01-01 00:00:00+00' AND value::timestamptz < '10000-01-01 00:00:00+00';
EXCEPTION WHEN data_exception THEN
    RETURN false;
END $$;

-- before, after and details are hashed as RFC 8785 writes them, where a number is a double; the first that is none is 2^1024 - 2^970.
CREATE FUNCTION audit.has_no_double(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
    $$ SELECT value @? 'strict $.** ? (@ >= 1.797693134862315807937e308 || @ <= -1.797693134862315807937e308)' $$;

-- An object or array in the 32nd of an object's before, after or details.
CREATE FUNCTION audit.is_too_deep(event jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS
    $$ SELECT event @? 'strict $.**{33} ? (@.type() == "object" || @.type() == "array")' $$;

-- The sentence for people: looks again, field by field, at an event that was found wanting. AU400 = not an event.
CREATE FUNCTION audit.refuse_event(body jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rule record;
    value jsonb;
    stray text;
BEGIN
    IF body IS NULL OR jsonb_typeof(body) <> 'object' THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = 'An audit event is a JSON object, such as jsonb_build_object(''id'', gen_random_uuid(), …).';
    END IF;
    IF octet_length(body::text) > 262144 THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('The event has %s bytes; at most 262144. Keep large documents elsewhere and name them in details.', octet_length(body::text));
    END IF;
    SELECT key INTO stray FROM jsonb_object_keys(body) AS key WHERE key <> ALL (ARRAY['id', 'time', 'workspace', 'traceId', 'spanId', 'actor', 'action',
        'outcome', 'reason', 'resource', 'source', 'before', 'after', 'details', 'schemaVersion']) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('''%s'' is not a property of an audit event. Put it into details.', left(stray, 100));
    END IF;
    FOR rule IN SELECT * FROM (VALUES
        ('actor', ARRAY['type', 'id', 'displayName', 'onBehalfOf', 'session', 'ip', 'userAgent']),
        ('resource', ARRAY['type', 'id', 'name', 'project', 'location']),
        ('source', ARRAY['service', 'revision', 'instance'])) AS r(field, keys) LOOP
        value := body -> rule.field;
        CONTINUE WHEN rule.field <> 'actor' AND coalesce(jsonb_typeof(value), 'null') = 'null';
        IF coalesce(jsonb_typeof(value), 'null') <> 'object' THEN
            RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('%s must be an object with %s.', rule.field, array_to_string(rule.keys, ', '));
        END IF;
        SELECT key INTO stray FROM jsonb_object_keys(value) AS key WHERE key <> ALL (rule.keys) LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('''%s.%s'' is not a property of an audit event. Put it into details.', rule.field, left(stray, 100));
        END IF;
    END LOOP;
    FOR rule IN SELECT * FROM (VALUES
        ('id', NULL, 128, true), ('workspace', NULL, 128, true), ('time', NULL, 40, true), ('action', NULL, 128, true), ('outcome', NULL, 10, true),
        ('traceId', NULL, 256, false), ('spanId', NULL, 16, false), ('reason', NULL, 4096, false), ('type', 'actor', 10, true), ('id', 'actor', 320, true),
        ('displayName', 'actor', 320, false), ('onBehalfOf', 'actor', 320, false), ('session', 'actor', 256, false), ('ip', 'actor', 64, false),
        ('userAgent', 'actor', 512, false), ('type', 'resource', 128, true), ('id', 'resource', 1024, false), ('name', 'resource', 256, false),
        ('project', 'resource', 128, false), ('location', 'resource', 128, false), ('service', 'source', 256, true), ('revision', 'source', 256, false),
        ('instance', 'source', 256, false)) AS r(field, parent, most, required) LOOP
        CONTINUE WHEN rule.parent IS NOT NULL AND coalesce(jsonb_typeof(body -> rule.parent), 'null') = 'null';
        value := CASE WHEN rule.parent IS NULL THEN body -> rule.field ELSE body -> rule.parent -> rule.field END;
        IF coalesce(jsonb_typeof(value), 'null') = 'null' THEN
            IF rule.required THEN
                RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('%s is missing. No event without actor, action, time, outcome, workspace and id.', concat_ws('.', rule.parent, rule.field));
            END IF;
        ELSIF jsonb_typeof(value) <> 'string' THEN
            RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('%s must be a string, and is a %s.', concat_ws('.', rule.parent, rule.field), jsonb_typeof(value));
        ELSIF char_length(value #>> '{}') > rule.most OR (rule.required AND value #>> '{}' = '') THEN
            RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('%s has %s characters. Legal: 1 to %s.', concat_ws('.', rule.parent, rule.field), char_length(value #>> '{}'), rule.most);
        END IF;
    END LOOP;
    IF body ->> 'id' !~ '^[!-~]+$' THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = 'id must be printable ASCII without spaces, for example a UUID.';
    ELSIF body ->> 'action' !~ '^[a-z0-9_-]+(\.[a-z0-9_-]+)*$' THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('action ''%s'' must be a dotted name of lower-case letters, digits, _ and -, for example invoice.approve.', body ->> 'action');
    ELSIF body ->> 'outcome' NOT IN ('success', 'failure', 'denied', 'unknown') THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('outcome ''%s''. Legal: success, failure, denied, unknown.', body ->> 'outcome');
    ELSIF body #>> '{actor,type}' NOT IN ('user', 'service', 'system') THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('actor.type ''%s''. Legal: user, service, system.', body #>> '{actor,type}');
    ELSIF body ->> 'time' !~ '^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$' THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('time ''%s'' is not a time with its offset, such as 2026-03-01T09:30:00.123456Z: use to_jsonb(now()).', body ->> 'time');
    END IF;
    IF NOT audit.is_time(body ->> 'time') THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('time ''%s'' does not exist: no such day, hour or offset. Use to_jsonb(now()), or the time as your clock gives it.', body ->> 'time');
    ELSIF body ->> 'reason' ~ '[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]' THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = 'reason holds a control character. Legal: tabs and ends of lines.';
    END IF;
    FOR rule IN SELECT key, part FROM jsonb_each(body) AS e (key, part) WHERE key IN ('before', 'after', 'details') LOOP
        IF audit.is_too_deep(jsonb_build_array(rule.part)) THEN
            RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('%s is nested deeper than 32 levels. Make it flatter, or send the inner part as a string.', rule.key);
        ELSIF audit.has_no_double(rule.part) THEN
            RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('%s holds a number beyond the range of a double: send it as a string.', rule.key);
        END IF;
    END LOOP;
    RAISE EXCEPTION USING ERRCODE = 'AU400',
        MESSAGE = 'A value of the event is not in its legal form: traceId (32 hexadecimal digits, not all 0; projects/P/traces/ID or a traceparent do too), spanId (16, and only with traceId), schemaVersion (1), no control characters in short texts.';
END $$;

-- The first look, in three expressions, passes what most applications send; audit.check_event is for all else, and null and false say nothing about an event.
-- Appending runs in the caller's transaction, and an expression costs more to set up, once a transaction and function by function, than to compute. So one path
-- stands for many conditions; no regular expression counts letters, for each state that a text takes one through costs as much as a function; the bytes of an object
-- bound the letters in it; and a comparison bounds the number of its properties: one of fewer is less, and those below are the least of their number.
-- SQL of one expression: it becomes part of the expression that calls it, and is parsed here and now, whatever the caller's search_path.

-- What an event has besides what this path judges and what may be anything; null for an event that is not plain.
-- "!(texts like_regex …)" holds where all are texts, and none of them has a control character.
CREATE FUNCTION audit.plain_rest(event jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN
    CASE WHEN event @@ 'strict $.id like_regex "^[!-~]+$" && $.action like_regex "^[a-z0-9_-]+(\\.[a-z0-9_-]+)*$"
        && $.time like_regex "^([0-9]|[-.+][0-9]|T([01][0-9]|2[0-3])|:[0-5][0-9])+Z?$"
        && $.workspace like_regex "^[^\\x01-\\x1f\\x7f-\\x9f]+$" && $.workspace != "opsconsole"
        && $.actor.id like_regex "^[^\\x01-\\x1f\\x7f-\\x9f]+$" && ($.actor.type == "user" || $.actor.type == "service" || $.actor.type == "system")
        && ($.outcome == "success" || $.outcome == "failure" || $.outcome == "denied" || $.outcome == "unknown")
        && ($.traceId like_regex "^[0-9a-fA-F]*[1-9a-fA-F][0-9a-fA-F]*$" || (exists($.traceId)) is unknown)
        && (exists($.resource ? (@.type > "" && exists(@.id) && !(@.* like_regex "[\\x01-\\x1f\\x7f-\\x9f]"))) || (exists($.resource)) is unknown)
        && !(exists($.**{33})) && !(exists($.** ? (@ > 1e308 || @ < -1e308)))'
        THEN event - ARRAY['time', 'traceId', 'actor', 'outcome', 'resource', 'before', 'after', 'details'] END;

-- True for a plain event of no more than this: an actor with type and id, a resource with type and id or none. False where there may be more.
-- Of its time, the path above leaves digits, each sign but a last Z with one behind it. The forms say where the signs stand (those that databases and runtimes print,
-- of this century); the cast refuses signs among the decimals of the year or the second, and what never was a time.
-- The shortest field of a resource has 128 characters; 30 bytes and more are not its letters, and 51 not those of id, workspace and action.
CREATE FUNCTION audit.is_plain(event jsonb, body_text text, actor jsonb, resource jsonb, rest jsonb) RETURNS boolean LANGUAGE sql STABLE RETURN
    CASE WHEN rest IS NOT NULL
        AND (event ->> 'time') LIKE ANY ('{20__-__-__T__:__:__.______+__:__,20__-__-__T__:__:__.______Z,20__-__-__T__:__:__.______-__:__,
            20__-__-__T__:__:__.___Z,20__-__-__T__:__:__.___+__:__,20__-__-__T__:__:__.___-__:__,20__-__-__T__:__:__._______+__:__,20__-__-__T__:__:__._______Z,
            20__-__-__T__:__:__._______-__:__,20__-__-__T__:__:__._____+__:__,20__-__-__T__:__:__._____Z,20__-__-__T__:__:__._____-__:__,
            20__-__-__T__:__:__._________+__:__,20__-__-__T__:__:__._________Z,20__-__-__T__:__:__._________-__:__,20__-__-__T__:__:__.____+__:__,
            20__-__-__T__:__:__.____Z,20__-__-__T__:__:__.____-__:__,20__-__-__T__:__:__.________+__:__,20__-__-__T__:__:__.________Z,
            20__-__-__T__:__:__.________-__:__,20__-__-__T__:__:__+__:__,20__-__-__T__:__:__Z,20__-__-__T__:__:__-__:__}')
        AND ((event ->> 'traceId') LIKE '________________________________') IS NOT FALSE
        AND octet_length(body_text) <= 262144
        AND (event ->> 'time')::timestamptz IS NOT NULL
    THEN greatest(pg_column_size(rest), pg_column_size(actor), pg_column_size(resource)) <= 158
        AND rest < '{"": null, "a": null, "b": null, "c": null}' AND actor < '{"": null, "a": null, "b": null}'
        AND (resource IS NULL OR resource < '{"": null, "a": null, "b": null}') END;

-- The same, where that is false, for one with a reason, a source, and all that an actor and a resource may say. 50 bytes of an actor are not the letters of its session
-- (256 characters), 23 of a source not those of its service (256).
CREATE FUNCTION audit.is_plain_with_more(event jsonb, actor jsonb, resource jsonb, rest jsonb) RETURNS boolean LANGUAGE sql STABLE RETURN
    event @@ 'strict !($.actor.* like_regex "[\\x01-\\x1f\\x7f-\\x9f]") && (!($.reason like_regex "[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]") || (exists($.reason)) is unknown)
        && (exists($.source ? (@.service > "" && !(@.* like_regex "[\\x01-\\x1f\\x7f-\\x9f]"))) || (exists($.source)) is unknown)'
    AND actor - ARRAY['type', 'id', 'displayName', 'onBehalfOf', 'session', 'ip', 'userAgent'] = '{}'
    AND (resource IS NULL OR resource - ARRAY['type', 'id', 'name', 'project', 'location'] = '{}')
    AND (rest -> 'source' IS NULL OR (rest -> 'source') - ARRAY['service', 'revision', 'instance'] = '{}')
    AND rest - ARRAY['reason', 'source'] < '{"": null, "a": null, "b": null, "c": null}'
    AND greatest(pg_column_size(rest - ARRAY['reason', 'source']), pg_column_size(resource), pg_column_size(actor) - 142, pg_column_size(rest -> 'source') - 112,
        octet_length(actor ->> 'ip') + 94, octet_length(rest ->> 'reason') - 3938) <= 158;

-- The second look: everything that an event may be, or the sentence that says what is wrong with it. The search_path is that of those who call it, below.
CREATE FUNCTION audit.check_event(body jsonb, body_text text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    actor jsonb := body -> 'actor';
    event_workspace text := body ->> 'workspace';
    event_id text := body ->> 'id';
    part jsonb;
    word text;
    is_right boolean;
BEGIN
    is_right := octet_length(body_text) <= 262144
        AND (body @@ 'strict $.id like_regex "^[!-~]+$" && $.workspace.type() == "string" && $.action like_regex "^[a-z0-9_-]+(\\.[a-z0-9_-]+)*$"
            && ($.outcome == "success" || $.outcome == "failure" || $.outcome == "denied" || $.outcome == "unknown")
            && $.time like_regex "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][Tt ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]([.][0-9]+)?([Zz]|[+-][0-9][0-9]:[0-9][0-9])$"
            && ($.actor.type == "user" || $.actor.type == "service" || $.actor.type == "system") && $.actor.id.type() == "string"') IS TRUE
        AND body - ARRAY['id', 'time', 'workspace', 'traceId', 'spanId', 'actor', 'action', 'outcome', 'reason', 'resource', 'source', 'before', 'after', 'details', 'schemaVersion'] = '{}'
        AND actor - ARRAY['type', 'id', 'displayName', 'onBehalfOf', 'session', 'ip', 'userAgent'] = '{}'
        AND greatest(length(event_id), length(event_workspace), length(body ->> 'action'), length(actor ->> 'id') - 192) <= 128
        AND event_workspace <> '' AND actor ->> 'id' <> '' AND body ->> 'time' !~ '\d{13}';
    IF is_right THEN
        is_right := audit.is_time(body ->> 'time');
    END IF;
    IF is_right AND actor ?| ARRAY['displayName', 'onBehalfOf', 'session', 'ip', 'userAgent'] THEN
        is_right := NOT body @? 'strict $.actor.* ? (@.type() != "string" && @.type() != "null")'
            AND coalesce(greatest(length(actor ->> 'displayName') - 320, length(actor ->> 'onBehalfOf') - 320, length(actor ->> 'session') - 256,
                length(actor ->> 'ip') - 64, length(actor ->> 'userAgent') - 512), 0) <= 0;
    END IF;
    part := body -> 'resource';
    IF is_right AND part <> 'null' THEN
        is_right := (body @@ 'strict $.resource.type.type() == "string"') IS TRUE AND NOT body @? 'strict $.resource.* ? (@.type() != "string" && @.type() != "null")'
            AND part - ARRAY['type', 'id', 'name', 'project', 'location'] = '{}' AND part ->> 'type' <> ''
            AND greatest(length(part ->> 'type') - 128, length(part ->> 'id') - 1024, length(part ->> 'name') - 256, length(part ->> 'project') - 128,
                length(part ->> 'location') - 128) <= 0;
    END IF;
    part := body -> 'source';
    IF is_right AND part <> 'null' THEN
        is_right := (body @@ 'strict $.source.service.type() == "string"') IS TRUE AND NOT body @? 'strict $.source.* ? (@.type() != "string" && @.type() != "null")'
            AND part - ARRAY['service', 'revision', 'instance'] = '{}' AND part ->> 'service' <> ''
            AND greatest(length(part ->> 'service'), length(part ->> 'revision'), length(part ->> 'instance')) <= 256;
    END IF;
    word := body ->> 'traceId';
    IF is_right AND word IS NOT NULL THEN
        is_right := jsonb_typeof(body -> 'traceId') = 'string'
            AND ((length(word) = 32 AND word !~ '[^0-9a-fA-F]' AND word !~ '^0+$')
                OR (word ~ '^(projects/[^/]+/traces/)?[0-9a-fA-F]{32}$|^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' AND word !~ '(^|/|^..-)0{32}|-0{16}-'));
    END IF;
    IF is_right AND body ?| ARRAY['reason', 'spanId', 'schemaVersion'] THEN
        word := body ->> 'spanId';
        is_right := audit.is_text(body -> 'reason', 4096) AND coalesce(body ->> 'reason', '') !~ '[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]'
            AND coalesce(body ->> 'schemaVersion', '1') = '1' AND coalesce(jsonb_typeof(body -> 'schemaVersion'), 'number') = 'number'
            AND (word IS NULL OR (jsonb_typeof(body -> 'spanId') = 'string' AND length(word) = 16 AND word !~ '[^0-9a-fA-F]' AND word !~ '^0+$'
                AND jsonb_typeof(body -> 'traceId') = 'string'));
    END IF;
    IF is_right AND body ?| ARRAY['before', 'after', 'details'] THEN
        is_right := NOT audit.is_too_deep(body) AND NOT audit.has_no_double(body);
    END IF;
    -- No control characters in short texts. In the text of the event they are escaped by a backslash, or are none of these letters.
    IF is_right AND body_text ~ '[^ -\[\]-~]' THEN
        is_right := concat(event_workspace, actor ->> 'id', actor ->> 'displayName', actor ->> 'onBehalfOf', actor ->> 'session', actor ->> 'ip', actor ->> 'userAgent',
            body #>> '{resource,type}', body #>> '{resource,id}', body #>> '{resource,name}', body #>> '{resource,project}', body #>> '{resource,location}',
            body #>> '{source,service}', body #>> '{source,revision}', body #>> '{source,instance}') !~ '[\x01-\x1f\x7f-\x9f]';
    END IF;
    IF is_right IS NOT TRUE THEN
        PERFORM audit.refuse_event(body);
    END IF;
END $$;

-- For applications, in their own transaction. Status: recorded, or duplicate (same id, same content). AU409 = this id was recorded with other content.
CREATE FUNCTION audit.append(event jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body_text text := event::text;
    event_workspace text := event ->> 'workspace';
    event_id text := event ->> 'id';
    actor jsonb := event -> 'actor';
    resource jsonb := event -> 'resource';
    rest jsonb := audit.plain_rest(event);
    is_plain boolean;
    status text := 'recorded';
    recorded_at timestamptz;
    seq bigint;
    salt bytea;
    known record;
BEGIN
    BEGIN
        is_plain := audit.is_plain(event, body_text, actor, resource, rest);
        IF is_plain IS FALSE THEN
            is_plain := audit.is_plain_with_more(event, actor, resource, rest);
        END IF;
    EXCEPTION WHEN data_exception THEN
        is_plain := false;
    END;
    IF is_plain IS NOT TRUE THEN
        PERFORM audit.check_event(event, body_text);
        IF event_workspace = 'opsconsole' THEN
            RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = 'workspace ''opsconsole'' is the console''s own. Say which tenant, project or unit the event belongs to.';
        END IF;
    END IF;

    recorded_at := clock_timestamp();
    salt := uuid_send(gen_random_uuid());
    -- The transaction's number first, then the event's: a gap can then be judged by the oldest running transaction.
    seq := CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('audit.event_seq') END;
    INSERT INTO audit.receipt (workspace, id, seq, recorded_at, salt, digest)
        VALUES (event_workspace, event_id, seq, recorded_at, salt, sha256(salt || convert_to(body_text, 'UTF8')))
        ON CONFLICT DO NOTHING;
    IF FOUND THEN
        INSERT INTO audit.inbox (seq, workspace, id, recorded_at, via, appended_by, body)
            VALUES (seq, event_workspace, event_id, recorded_at, 'sql', session_user, body_text);
    ELSE
        -- It was recorded before, and the number that was taken for it stays unused: a gap like that of a transaction that was rolled back.
        SELECT r.seq, r.recorded_at, r.salt, r.digest INTO STRICT known FROM audit.receipt r WHERE r.workspace = event_workspace AND r.id = event_id;
        IF sha256(known.salt || convert_to(body_text, 'UTF8')) IS DISTINCT FROM known.digest THEN
            RAISE EXCEPTION USING ERRCODE = 'AU409',
                MESSAGE = format('Event ''%s'' of workspace ''%s'' was recorded before with other content (number %s).', event_id, event_workspace, known.seq),
                HINT = 'An id names one event for ever. Use a new one, or the same content.';
        END IF;
        seq := known.seq;
        recorded_at := known.recorded_at;
        status := 'duplicate';
    END IF;
    RETURN jsonb_object('{seq,recordedAt,status}', ARRAY[seq::text, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), status]);
END $$;

-- For the console: many at once, one result each, in their order. The rules are those of append; a conflict is a status here.
-- Row by row: one statement for all of them has no less work where they are hundreds, and twice as much where it is one.
CREATE FUNCTION audit.record(events jsonb[], via text, appended_by text) RETURNS TABLE (status text, seq bigint, recorded_at timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    event jsonb;
    body_text text;
    event_workspace text;
    event_id text;
    actor jsonb;
    resource jsonb;
    rest jsonb;
    is_plain boolean;
    salt bytea;
    known record;
    -- The transaction's number first, then the events'.
    own_transaction xid8 := pg_current_xact_id();
BEGIN
    IF via NOT IN ('console', 'api', 'cloudAuditLogs') THEN
        RAISE EXCEPTION USING ERRCODE = 'AU400', MESSAGE = format('via ''%s'' is not a way in.', via);
    END IF;
    FOREACH event IN ARRAY events LOOP
        body_text := event::text;
        event_workspace := event ->> 'workspace';
        event_id := event ->> 'id';
        actor := event -> 'actor';
        resource := event -> 'resource';
        rest := audit.plain_rest(event);
        BEGIN
            is_plain := audit.is_plain(event, body_text, actor, resource, rest);
            IF is_plain IS FALSE THEN
                is_plain := audit.is_plain_with_more(event, actor, resource, rest);
            END IF;
        EXCEPTION WHEN data_exception THEN
            is_plain := false;
        END;
        IF is_plain IS NOT TRUE THEN
            PERFORM audit.check_event(event, body_text);
        END IF;

        recorded_at := clock_timestamp();
        salt := uuid_send(gen_random_uuid());
        seq := nextval('audit.event_seq');
        INSERT INTO audit.receipt (workspace, id, seq, recorded_at, salt, digest)
            VALUES (event_workspace, event_id, seq, recorded_at, salt, sha256(salt || convert_to(body_text, 'UTF8')))
            ON CONFLICT DO NOTHING;
        IF FOUND THEN
            INSERT INTO audit.inbox (seq, workspace, id, recorded_at, via, appended_by, body)
                VALUES (seq, event_workspace, event_id, recorded_at, via, appended_by, body_text);
            status := 'recorded';
        ELSE
            SELECT r.seq, r.recorded_at, r.salt, r.digest INTO STRICT known FROM audit.receipt r WHERE r.workspace = event_workspace AND r.id = event_id;
            seq := known.seq;
            recorded_at := known.recorded_at;
            status := CASE WHEN sha256(known.salt || convert_to(body_text, 'UTF8')) = known.digest THEN 'duplicate' ELSE 'conflict' END;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

-- ---- erasing and pruning ---------------------------------------------------------------------------------------------------
-- Only what a sealed decision names, and only as it says: the decision stands in clear in its leaf before anything is taken away.
CREATE FUNCTION audit.decided(decision bigint, wanted text) RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sealed jsonb;
BEGIN
    SELECT convert_from(e.leaf, 'UTF8')::jsonb INTO sealed FROM audit.leaf l JOIN audit.event e USING (leaf_index) WHERE l.seq = decision;
    IF sealed ->> 'action' IS DISTINCT FROM wanted OR sealed ->> 'outcome' IS DISTINCT FROM 'success' OR sealed ->> 'via' IS DISTINCT FROM 'console' THEN
        RAISE EXCEPTION USING ERRCODE = 'AU403', MESSAGE = format('Event %s is no sealed decision (%s): nothing is taken away without one.', decision, wanted);
    END IF;
    RETURN sealed;
END $$;

-- Takes disclosures and words away; it can add none. kept: what stays of each leaf's disclosures; kept_words: its words, joined by a space.
CREATE FUNCTION audit.erase(decision bigint, leaves bigint[], kept text[], kept_words text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target jsonb := audit.decided(decision, 'audit.erase.decision') -> 'resource';
    sealed jsonb;
    had text;
BEGIN
    FOR i IN 1 .. coalesce(array_length(leaves, 1), 0) LOOP
        SELECT convert_from(e.leaf, 'UTF8')::jsonb INTO sealed FROM audit.event e WHERE e.leaf_index = leaves[i];
        IF (CASE target ->> 'type' WHEN 'audit.actor' THEN sealed #>> '{actor,ref}' WHEN 'audit.event' THEN concat(sealed ->> 'workspace', '/', sealed ->> 'id') END)
            IS DISTINCT FROM target ->> 'id' THEN
            RAISE EXCEPTION USING ERRCODE = 'AU403', MESSAGE = format('Leaf %s is not what decision %s names.', leaves[i], decision);
        END IF;
        SELECT d.items INTO had FROM audit.disclosure d WHERE d.leaf_index = leaves[i];
        IF NOT string_to_array(kept[i], '~') <@ string_to_array(coalesce(had, ''), '~') THEN
            RAISE EXCEPTION USING ERRCODE = 'AU403', MESSAGE = format('Leaf %s would get fields that it does not have.', leaves[i]);
        ELSIF kept[i] = '' THEN
            DELETE FROM audit.disclosure d WHERE d.leaf_index = leaves[i];
        ELSE
            UPDATE audit.disclosure d SET items = kept[i] WHERE d.leaf_index = leaves[i];
        END IF;
        UPDATE audit.search s SET words = string_to_array(kept_words[i], ' ') WHERE s.leaf_index = leaves[i];
        UPDATE audit.receipt r SET salt = NULL FROM audit.leaf l WHERE l.leaf_index = leaves[i] AND r.seq = l.seq AND r.salt IS NOT NULL;
    END LOOP;
END $$;

CREATE FUNCTION audit.erase_actor(decision bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH target AS (SELECT audit.decided(decision, 'audit.erase.decision') -> 'resource' AS r)
    DELETE FROM audit.actor a USING target WHERE r ->> 'type' = 'audit.actor' AND a.ref = r ->> 'id';
$$;

-- Takes the bytes, fields and words of the leaves from an index to before another; hashes, tiles, checkpoints, gaps and ids stay.
CREATE FUNCTION audit.prune(decision bigint, from_index bigint, to_index bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target jsonb := audit.decided(decision, 'audit.prune') -> 'resource';
BEGIN
    IF target ->> 'type' IS DISTINCT FROM 'audit.log' OR to_index > (target ->> 'id')::bigint THEN
        RAISE EXCEPTION USING ERRCODE = 'AU403', MESSAGE = format('Decision %s does not reach to leaf %s.', decision, to_index);
    END IF;
    UPDATE audit.receipt r SET salt = NULL FROM audit.leaf l WHERE l.leaf_index >= from_index AND l.leaf_index < to_index AND r.seq = l.seq AND r.salt IS NOT NULL;
    DELETE FROM audit.disclosure d WHERE d.leaf_index >= from_index AND d.leaf_index < to_index;
    DELETE FROM audit.search s WHERE s.leaf_index >= from_index AND s.leaf_index < to_index;
    DELETE FROM audit.event e WHERE e.leaf_index >= from_index AND e.leaf_index < to_index;
END $$;

-- After pruning: months that are over and empty go. Whoever reads goes first.
CREATE FUNCTION audit.drop_empty_partitions() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    part record;
    is_used boolean;
BEGIN
    FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'audit.event'::regclass
        AND c.relname < 'event_' || to_char((now() - interval '1 month') AT TIME ZONE 'UTC', 'YYYY_MM') LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM audit.%I)', part.relname) INTO is_used;
        IF NOT is_used THEN
            EXECUTE format('DROP TABLE audit.%I', part.relname);
        END IF;
    END LOOP;
END $$;

-- Actors whose last event was pruned. For the sealer alone, between two of its transactions: it is who gives pseudonyms.
CREATE FUNCTION audit.forget_actors() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH tail AS MATERIALIZED (SELECT DISTINCT convert_from(e.leaf, 'UTF8')::jsonb #>> '{actor,ref}' AS ref FROM audit.event e
        WHERE e.leaf_index >= coalesce((SELECT value FROM audit.progress WHERE name = 'indexed'), 0))
    DELETE FROM audit.actor a WHERE NOT EXISTS (SELECT FROM audit.search s WHERE s.actor_ref = a.ref) AND NOT EXISTS (SELECT FROM tail t WHERE t.ref = a.ref);
$$;

-- ---- who may what ---------------------------------------------------------------------------------------------------------
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO audit_writer, audit_reader, audit_sealer;
GRANT EXECUTE ON FUNCTION audit.append(jsonb) TO audit_writer, audit_sealer;
GRANT EXECUTE ON FUNCTION audit.record(jsonb[], text, text) TO audit_sealer;
GRANT EXECUTE ON FUNCTION audit.make_partitions(timestamptz, timestamptz) TO audit_sealer;
GRANT EXECUTE ON FUNCTION audit.erase(bigint, bigint[], text[], text[]), audit.erase_actor(bigint), audit.prune(bigint, bigint, bigint), audit.drop_empty_partitions(),
    audit.forget_actors() TO audit_sealer;
GRANT SELECT ON ALL TABLES IN SCHEMA audit TO audit_reader, audit_sealer;
GRANT SELECT ON SEQUENCE audit.event_seq TO audit_sealer;
GRANT DELETE ON audit.inbox TO audit_sealer;
GRANT INSERT ON audit.leaf, audit.gap, audit.event, audit.disclosure, audit.actor, audit.tile, audit.checkpoint, audit.cosignature, audit.anchor TO audit_sealer;
GRANT INSERT, UPDATE ON audit.progress, audit.mark TO audit_sealer;
GRANT INSERT, UPDATE, DELETE ON audit.search TO audit_sealer;
RESET ROLE;
