using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>Reads leaves, and opens their commitments. What it reads may come from anywhere: nothing is taken on trust.</summary>
public static class LeafReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Reads the bytes of a leaf.</summary>
    /// <param name="bytes">The leaf.</param>
    /// <param name="leaf">What it says.</param>
    /// <param name="problem">Why it is not a leaf of this version: a sentence.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Leaf? leaf, [NotNullWhen(false)] out string? problem)
    {
        (leaf, problem) = (null, null);
        if (bytes.Length > Leaf.MaxBytes)
        {
            problem = $"The leaf has {bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes; at most 65535 are legal.";
            return false;
        }

        try
        {
            var fields = new LeafFields(JsonElement.Parse(bytes, Strict), "");
            if (fields.Number("v") is var version && version != Leaf.Version)
            {
                problem = $"The leaf is of version {version.ToString(CultureInfo.InvariantCulture)}, which this console does not know.";
                return false;
            }

            leaf = fields.Text("type") switch
            {
                "event" => Event(fields),
                "void" => new VoidLeaf(fields.Sequence("from"), fields.Sequence("to"), fields.Time("recordedAt")),
                "missing" => new MissingLeaf(fields.Text("workspace"), fields.Text("id"), fields.Sequence("seq"), fields.Time("recordedAt")),
                var other => throw new FormatException($"The leaf is of the type '{other}', which this console does not know."),
            };
            fields.AllRead();
            return true;
        }
        catch (JsonException)
        {
            problem = "The leaf is not valid JSON, or has a property twice.";
        }
        catch (InvalidOperationException)
        {
            problem = "The leaf holds text that is not valid Unicode.";
        }
        catch (FormatException e)
        {
            problem = e.Message;
        }

        leaf = null;
        return false;
    }

    /// <summary>Puts the event together again.</summary>
    /// <param name="leaf">Its leaf.</param>
    /// <param name="disclosures">Packed disclosures, as <see cref="BuiltLeaf.Disclosures"/> or fewer.</param>
    public static OpenedEvent Open(EventLeaf leaf, ReadOnlySpan<byte> disclosures)
    {
        var opened = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var problems = new List<string>();
        while (!disclosures.IsEmpty)
        {
            var end = disclosures.IndexOf(Disclosure.Separator);
            var encoded = end < 0 ? disclosures : disclosures[..end];
            disclosures = end < 0 ? [] : disclosures[(end + 1)..];
            if (Disclosure.Parse(encoded) is not { } disclosure)
            {
                problems.Add("A disclosure cannot be read: it was changed.");
            }
            else if (DigestOf(leaf, disclosure.Name) is not { } digest)
            {
                problems.Add($"A disclosure is of the field {disclosure.Name}, to which the leaf does not commit.");
            }
            else if (!string.Equals(digest, disclosure.Digest, StringComparison.Ordinal))
            {
                problems.Add($"The disclosure of {disclosure.Name} does not have the digest that the leaf holds: it was changed.");
            }
            else if (!opened.TryAdd(disclosure.Name, disclosure.Value))
            {
                problems.Add($"The field {disclosure.Name} is disclosed twice.");
            }
        }

        string? Text(string name) => opened.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        JsonElement? Json(string name) => opened.TryGetValue(name, out var value) ? value : null;

        var e = new AuditEvent
        {
            Id = leaf.Id,
            Time = leaf.Time,
            Workspace = leaf.Workspace,
            TraceId = leaf.TraceId,
            SpanId = leaf.SpanId,
            Actor = new AuditActor
            {
                Type = leaf.ActorType,
                Id = Text(CommittedFields.ActorId) ?? leaf.ActorRef,
                DisplayName = Text(CommittedFields.ActorDisplayName),
                OnBehalfOf = Text(CommittedFields.ActorOnBehalfOf),
                Session = Text(CommittedFields.ActorSession),
                Ip = Text(CommittedFields.ActorIp),
                UserAgent = Text(CommittedFields.ActorUserAgent),
            },
            Action = leaf.Action,
            Outcome = leaf.Outcome,
            Reason = Text(CommittedFields.Reason),
            Resource = leaf.Resource,
            Source = leaf.Source,
            Before = Json(CommittedFields.Before),
            After = Json(CommittedFields.After),
            Details = Json(CommittedFields.Details),
            SchemaVersion = leaf.SchemaVersion,
        };
        return new OpenedEvent(e, [.. leaf.Commitments.Select(static c => c.Key).Where(name => !opened.ContainsKey(name))], problems);
    }

    private static string? DigestOf(EventLeaf leaf, string name)
    {
        foreach (var (field, digest) in leaf.Commitments)
        {
            if (string.Equals(field, name, StringComparison.Ordinal))
            {
                return digest;
            }
        }

        return null;
    }

    private static EventLeaf Event(LeafFields fields)
    {
        var actor = fields.Object("actor") ?? throw new FormatException("The leaf has no actor.");
        var commitments = fields.Object("sd") ?? throw new FormatException("The leaf has no sd.");
        var leaf = new EventLeaf
        {
            Sequence = fields.Sequence("seq"),
            RecordedAt = fields.Time("recordedAt"),
            Via = AuditWords.Via(fields.Text("via")) ?? throw new FormatException("The leaf's via is unknown."),
            AppendedBy = fields.Text("appendedBy"),
            Id = fields.Text("id"),
            Time = fields.Time("time"),
            Workspace = fields.Text("workspace"),
            TraceId = fields.Maybe("traceId"),
            SpanId = fields.Maybe("spanId"),
            ActorType = AuditWords.ActorType(actor.Text("type")) ?? throw new FormatException("The leaf's actor.type is unknown."),
            ActorRef = actor.Text("ref"),
            Action = fields.Text("action"),
            Outcome = AuditWords.Outcome(fields.Text("outcome")) ?? throw new FormatException("The leaf's outcome is unknown."),
            Resource = Resource(fields.Object("resource")),
            Source = Source(fields.Object("source")),
            SchemaVersion = fields.Number("schemaVersion"),
            Commitments = [.. CommittedFields.All
                .Select(name => new KeyValuePair<string, string?>(name, commitments.Maybe(name)))
                .Where(static c => c.Value is not null)
                .Select(static c => new KeyValuePair<string, string>(c.Key, c.Value!))],
        };
        actor.AllRead();
        commitments.AllRead();
        return leaf;
    }

    private static AuditResource? Resource(LeafFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var resource = new AuditResource
        {
            Type = fields.Text("type"),
            Id = fields.Maybe("id"),
            Name = fields.Maybe("name"),
            Project = fields.Maybe("project"),
            Location = fields.Maybe("location"),
        };
        fields.AllRead();
        return resource;
    }

    private static AuditSource? Source(LeafFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var source = new AuditSource { Service = fields.Text("service"), Revision = fields.Maybe("revision"), Instance = fields.Maybe("instance") };
        fields.AllRead();
        return source;
    }
}
