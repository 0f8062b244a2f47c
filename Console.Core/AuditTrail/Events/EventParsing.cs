using System.Buffers;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>One reading of one event: a single pass over its bytes.</summary>
internal ref partial struct EventParsing(ReadOnlySpan<byte> utf8, string? defaultWorkspace)
{
    private static readonly SearchValues<char> ActionLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = AuditEventLimits.Depth };

    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private readonly List<AuditEventProblem> _problems = [];
    // Depth is judged where a value is parsed, with a sentence of its own.
    private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { MaxDepth = AuditEventLimits.EventBytes });
    private string? _id;
    private string? _workspace;
    private string? _trace;
    private string? _span;
    private string? _spanOfTrace;
    private string? _action;
    private string? _reason;
    private DateTimeOffset? _time;
    private AuditOutcome? _outcome;
    private AuditActor? _actor;
    private AuditResource? _resource;
    private AuditSource? _source;
    private JsonElement? _before;
    private JsonElement? _after;
    private JsonElement? _details;
    private int _version = 1;

    public AuditEventReading Run()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return new AuditEventReading.Refused([new AuditEventProblem("", "The event is not a JSON object.")]);
        }

        var seen = 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadProperty(ref seen);
        }

        if (_reader.Read())
        {
            Problem("", "Something follows the event; send one object, an array of objects, or one object a line.");
        }

        return Finish();
    }

    private void ReadProperty(ref int seen)
    {
        var number = -1;
        if (_reader.ValueTextEquals("id"u8))
        {
            (number, _id) = (0, Line("id", AuditEventLimits.Id, out _));
        }
        else if (_reader.ValueTextEquals("time"u8))
        {
            number = 1;
            ReadTime();
        }
        else if (_reader.ValueTextEquals("workspace"u8))
        {
            (number, _workspace) = (2, Line("workspace", AuditEventLimits.Name, out _));
        }
        else if (_reader.ValueTextEquals("actor"u8))
        {
            number = 3;
            ReadActor();
        }
        else if (_reader.ValueTextEquals("action"u8))
        {
            number = 4;
            ReadAction();
        }
        else if (_reader.ValueTextEquals("outcome"u8))
        {
            number = 5;
            ReadOutcome();
        }
        else if (_reader.ValueTextEquals("traceId"u8))
        {
            number = 6;
            ReadTrace();
        }
        else if (_reader.ValueTextEquals("spanId"u8))
        {
            number = 7;
            if (Line("spanId", 16, out var bad) is { } span && !TraceWords.TrySpan(span, out _span) && !bad)
            {
                Problem("spanId", $"spanId '{Shown(span)}' is not a W3C span id: 16 hexadecimal digits, not all zeros.");
            }
        }
        else if (_reader.ValueTextEquals("reason"u8))
        {
            (number, _reason) = (8, Text("reason", AuditEventLimits.Reason));
        }
        else if (_reader.ValueTextEquals("resource"u8))
        {
            number = 9;
            ReadResource();
        }
        else if (_reader.ValueTextEquals("source"u8))
        {
            number = 10;
            ReadSource();
        }
        else if (_reader.ValueTextEquals("before"u8))
        {
            (number, _before) = (11, Json("before"));
        }
        else if (_reader.ValueTextEquals("after"u8))
        {
            (number, _after) = (12, Json("after"));
        }
        else if (_reader.ValueTextEquals("details"u8))
        {
            (number, _details) = (13, Json("details"));
        }
        else if (_reader.ValueTextEquals("schemaVersion"u8))
        {
            number = 14;
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt32(out _version) || _version != 1)
            {
                Problem("schemaVersion", "schemaVersion must be 1, the only version there is, or be left out.");
                _reader.Skip();
            }
        }
        else
        {
            Unknown("", "id, time, workspace, traceId, spanId, actor, action, outcome, reason, resource, source, before, after, details, schemaVersion");
        }

        if (number >= 0 && (seen & (1 << number)) != 0)
        {
            Problem("", "A property is there twice; send each once.");
        }

        seen |= number >= 0 ? 1 << number : 0;
    }

    private readonly AuditEventReading Finish()
    {
        var workspace = _workspace ?? defaultWorkspace;
        Require(_id, "id", "id is missing. Use a UUID version 7 or a key of your own that stays the same when you send the event again.");
        Require(_time, "time", "time is missing. Say when it happened, as 2026-03-01T09:30:00.123456Z.");
        Require(workspace, "workspace", "workspace is missing. Say which tenant, project or unit the event belongs to.");
        Require(_actor, "actor", "actor is missing. Say who did it: {\"type\": \"user\", \"id\": \"…\"}.");
        Require(_action, "action", "action is missing. Say what was done, as a dotted name such as invoice.approve.");
        Require(_outcome, "outcome", "outcome is missing. Say how it ended: success, failure, denied or unknown.");
        if (_id is { } id && id.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            Problem("id", "id has characters other than printable ASCII; use a UUID version 7 or a key of letters, digits and punctuation, without spaces.");
        }

        if (_span is not null && _trace is null)
        {
            Problem("spanId", "spanId without traceId leads nowhere; send both or neither.");
        }

        if (_problems.Count > 0)
        {
            // A missing field that is there but wrong is told once.
            return new AuditEventReading.Refused([.. _problems.DistinctBy(static p => (p.Field, p.Field.Length == 0 ? p.Message : ""))]);
        }

        return new AuditEventReading.Accepted(new AuditEvent
        {
            Id = _id!,
            Time = _time!.Value,
            Workspace = workspace!,
            TraceId = _trace,
            SpanId = _span ?? _spanOfTrace,
            Actor = _actor!,
            Action = _action!,
            Outcome = _outcome!.Value,
            Reason = _reason,
            Resource = _resource,
            Source = _source,
            Before = _before,
            After = _after,
            Details = _details,
            SchemaVersion = _version,
        });
    }

    private void ReadTime()
    {
        if (Line("time", 40, out var bad) is not { } text || bad)
        {
            return;
        }

        if (AuditTime.TryParse(text, out var time))
        {
            _time = time;
        }
        else
        {
            Problem("time", $"time '{Shown(text)}' is not an RFC 3339 time with its offset, such as 2026-03-01T09:30:00.123456Z.");
        }
    }

    private void ReadAction()
    {
        _action = Line("action", AuditEventLimits.Name, out var bad);
        if (_action is { } action && !bad
            && (action[0] == '.' || action[^1] == '.' || action.Contains("..", StringComparison.Ordinal)
                || action.AsSpan().ContainsAnyExcept(ActionLetters)))
        {
            Problem("action", $"action '{Shown(action)}' is not a dotted name of lower-case letters, digits, '_' and '-', such as invoice.approve.");
        }
    }

    private void ReadOutcome()
    {
        if (Line("outcome", 20, out var bad) is { } text && !bad && (_outcome = AuditWords.Outcome(text)) is null)
        {
            Problem("outcome", $"outcome '{Shown(text)}' is none of success, failure, denied, unknown.");
        }
    }

    private void ReadTrace()
    {
        if (Line("traceId", 256, out var bad) is { } text && !bad && !TraceWords.TryTrace(text, out _trace, out _spanOfTrace))
        {
            Problem("traceId", $"traceId '{Shown(text)}' is not a W3C trace id: 32 hexadecimal digits, projects/P/traces/ID, or a traceparent header.");
        }
    }
}
