using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>One reading of one event: a single pass over its bytes.</summary>
internal ref struct EventParsing(ReadOnlySpan<byte> utf8, string? defaultWorkspace)
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

    private void ReadActor()
    {
        if (!BeginObject("actor"))
        {
            return;
        }

        string? type = null, id = null, display = null, onBehalfOf = null, session = null, ip = null, userAgent = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("type"u8))
            {
                type = Line("actor.type", 20, out _);
            }
            else if (_reader.ValueTextEquals("id"u8))
            {
                id = Line("actor.id", AuditEventLimits.Person, out _);
            }
            else if (_reader.ValueTextEquals("displayName"u8))
            {
                display = Line("actor.displayName", AuditEventLimits.Person, out _);
            }
            else if (_reader.ValueTextEquals("onBehalfOf"u8))
            {
                onBehalfOf = Line("actor.onBehalfOf", AuditEventLimits.Person, out _);
            }
            else if (_reader.ValueTextEquals("session"u8))
            {
                session = Line("actor.session", AuditEventLimits.Label, out _);
            }
            else if (_reader.ValueTextEquals("ip"u8))
            {
                ip = Line("actor.ip", AuditEventLimits.Ip, out _);
            }
            else if (_reader.ValueTextEquals("userAgent"u8))
            {
                userAgent = Line("actor.userAgent", AuditEventLimits.UserAgent, out _);
            }
            else
            {
                Unknown("actor", "type, id, displayName, onBehalfOf, session, ip, userAgent");
            }
        }

        Require(id, "actor.id", "actor.id is missing. Use a stable id: an e-mail address, a service account, the name of a job.");
        if (AuditWords.ActorType(type) is not { } known)
        {
            Problem("actor.type", type is null
                ? "actor.type is missing. It is user, service or system."
                : $"actor.type '{Shown(type)}' is none of user, service, system.");
            known = AuditActorType.User;
        }

        _actor = new AuditActor
        {
            Type = known,
            Id = id ?? "",
            DisplayName = display,
            OnBehalfOf = onBehalfOf,
            Session = session,
            Ip = ip,
            UserAgent = userAgent,
        };
    }

    private void ReadResource()
    {
        if (!BeginObject("resource"))
        {
            return;
        }

        string? type = null, id = null, name = null, project = null, location = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("type"u8))
            {
                type = Line("resource.type", AuditEventLimits.Name, out _);
            }
            else if (_reader.ValueTextEquals("id"u8))
            {
                id = Line("resource.id", AuditEventLimits.ResourceId, out _);
            }
            else if (_reader.ValueTextEquals("name"u8))
            {
                name = Line("resource.name", AuditEventLimits.Label, out _);
            }
            else if (_reader.ValueTextEquals("project"u8))
            {
                project = Line("resource.project", AuditEventLimits.Name, out _);
            }
            else if (_reader.ValueTextEquals("location"u8))
            {
                location = Line("resource.location", AuditEventLimits.Name, out _);
            }
            else
            {
                Unknown("resource", "type, id, name, project, location");
            }
        }

        Require(type, "resource.type", "resource.type is missing. Say what kind of thing it is, such as invoice.");
        _resource = new AuditResource { Type = type ?? "", Id = id, Name = name, Project = project, Location = location };
    }

    private void ReadSource()
    {
        if (!BeginObject("source"))
        {
            return;
        }

        string? service = null, revision = null, instance = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("service"u8))
            {
                service = Line("source.service", AuditEventLimits.Label, out _);
            }
            else if (_reader.ValueTextEquals("revision"u8))
            {
                revision = Line("source.revision", AuditEventLimits.Label, out _);
            }
            else if (_reader.ValueTextEquals("instance"u8))
            {
                instance = Line("source.instance", AuditEventLimits.Label, out _);
            }
            else
            {
                Unknown("source", "service, revision, instance");
            }
        }

        Require(service, "source.service", "source.service is missing. Name the program that reports the event.");
        _source = new AuditSource { Service = service ?? "", Revision = revision, Instance = instance };
    }

    // True inside an object; null is the same as absent.
    private bool BeginObject(string field)
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        if (_reader.TokenType != JsonTokenType.Null)
        {
            Problem(field, $"{field} must be an object.");
            _reader.Skip();
        }

        return false;
    }

    // A string of one line; null when absent, empty or wrong.
    private string? Line(string field, int limit, out bool bad)
    {
        var text = Any(field, limit, out bad);
        if (text is null || bad)
        {
            return text;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                Problem(field, $"{field} holds the control character U+{(int)c:X4}; remove it.");
                bad = true;
                break;
            }
        }

        return text;
    }

    // A string that may have several lines.
    private string? Text(string field, int limit)
    {
        var text = Any(field, limit, out var bad);
        if (text is null || bad)
        {
            return text;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                Problem(field, $"{field} holds the control character U+{(int)c:X4}; remove it.");
                break;
            }
        }

        return text;
    }

    private string? Any(string field, int limit, out bool bad)
    {
        bad = false;
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        bad = true;
        if (_reader.TokenType != JsonTokenType.String)
        {
            Problem(field, $"{field} must be a string.");
            _reader.Skip();
            return null;
        }

        string text;
        try
        {
            text = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Problem(field, $"{field} is not valid Unicode: it holds half of a surrogate pair or broken UTF-8.");
            return null;
        }

        if (text.Length > limit)
        {
            Problem(field, $"{field} has {text.Length} characters; at most {limit} are taken.");
            return text;
        }

        bad = false;
        return text.Length == 0 ? null : text;
    }

    private JsonElement? Json(string field)
    {
        _reader.Read();
        var from = (int)_reader.TokenStartIndex;
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        _reader.Skip();
        try
        {
            var element = JsonElement.Parse(_utf8[from..(int)_reader.BytesConsumed], Strict);
            if (JsonWords.WhyUnfit(element) is { } why)
            {
                Problem(field, $"{field} {why}");
            }

            return element;
        }
        catch (JsonException)
        {
            Problem(field, $"{field} has a property twice, or is nested deeper than {AuditEventLimits.Depth} levels.");
            return null;
        }
        catch (InvalidOperationException)
        {
            Problem(field, $"{field} has a property name that is not valid Unicode.");
            return null;
        }
    }

    private void Unknown(string parent, string known)
    {
        string name;
        try
        {
            name = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            name = "?";
        }

        var field = parent.Length == 0 ? name : $"{parent}.{name}";
        Problem(Shown(field), $"{Shown(field)} is not a property of an event. Known here: {known}. Put anything else into details.");
        _reader.Skip();
    }

    private readonly void Require(object? value, string field, string message)
    {
        if (value is null)
        {
            Problem(field, message);
        }
    }

    private readonly void Problem(string field, string message) => _problems.Add(new AuditEventProblem(field, message));

    private readonly void Problem(string field, FormattableString message) => Problem(field, FormattableString.Invariant(message));

    // What was given, short and harmless enough for a sentence.
    private static string Shown(string text) => string.Create(
        CultureInfo.InvariantCulture, $"{new string([.. text.Take(60).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)])}{(text.Length > 60 ? "…" : "")}");
}
