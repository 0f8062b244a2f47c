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
}
