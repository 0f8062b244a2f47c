using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <content>Who, what and where from: the objects inside an event.</content>
internal ref partial struct EventParsing
{
    private void ReadActor()
    {
        if (!BeginObject("actor"))
        {
            return;
        }

        var seen = 0;
        string? type = null, id = null, display = null, onBehalfOf = null, session = null, ip = null, userAgent = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("type"u8))
            {
                type = Part("actor.type", 20, 0, ref seen);
            }
            else if (_reader.ValueTextEquals("id"u8))
            {
                id = Part("actor.id", AuditEventLimits.Person, 1, ref seen);
            }
            else if (_reader.ValueTextEquals("displayName"u8))
            {
                display = Part("actor.displayName", AuditEventLimits.Person, 2, ref seen);
            }
            else if (_reader.ValueTextEquals("onBehalfOf"u8))
            {
                onBehalfOf = Part("actor.onBehalfOf", AuditEventLimits.Person, 3, ref seen);
            }
            else if (_reader.ValueTextEquals("session"u8))
            {
                session = Part("actor.session", AuditEventLimits.Label, 4, ref seen);
            }
            else if (_reader.ValueTextEquals("ip"u8))
            {
                ip = Part("actor.ip", AuditEventLimits.Ip, 5, ref seen);
            }
            else if (_reader.ValueTextEquals("userAgent"u8))
            {
                userAgent = Part("actor.userAgent", AuditEventLimits.UserAgent, 6, ref seen);
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

        var seen = 0;
        string? type = null, id = null, name = null, project = null, location = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("type"u8))
            {
                type = Part("resource.type", AuditEventLimits.Name, 0, ref seen);
            }
            else if (_reader.ValueTextEquals("id"u8))
            {
                id = Part("resource.id", AuditEventLimits.ResourceId, 1, ref seen);
            }
            else if (_reader.ValueTextEquals("name"u8))
            {
                name = Part("resource.name", AuditEventLimits.Label, 2, ref seen);
            }
            else if (_reader.ValueTextEquals("project"u8))
            {
                project = Part("resource.project", AuditEventLimits.Name, 3, ref seen);
            }
            else if (_reader.ValueTextEquals("location"u8))
            {
                location = Part("resource.location", AuditEventLimits.Name, 4, ref seen);
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

        var seen = 0;
        string? service = null, revision = null, instance = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("service"u8))
            {
                service = Part("source.service", AuditEventLimits.Label, 0, ref seen);
            }
            else if (_reader.ValueTextEquals("revision"u8))
            {
                revision = Part("source.revision", AuditEventLimits.Label, 1, ref seen);
            }
            else if (_reader.ValueTextEquals("instance"u8))
            {
                instance = Part("source.instance", AuditEventLimits.Label, 2, ref seen);
            }
            else
            {
                Unknown("source", "service, revision, instance");
            }
        }

        Require(service, "source.service", "source.service is missing. Name the program that reports the event.");
        _source = new AuditSource { Service = service ?? "", Revision = revision, Instance = instance };
    }

    // A line of an object inside the event. Twice the same name, and programs could read two different events from it.
    private string? Part(string field, int limit, int number, ref int seen)
    {
        if ((seen & (1 << number)) != 0)
        {
            Problem(field, $"{field} is there twice; send it once.");
        }

        seen |= 1 << number;
        return Line(field, limit, out _);
    }
}
