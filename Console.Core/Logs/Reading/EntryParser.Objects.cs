using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <content>The objects inside of an entry.</content>
internal sealed unsafe partial class EntryParser
{
    private const int ResourceAbsent = -1;
    private const int ResourceOther = -2;

    /// <summary>A resource object without a type: the log's name decides.</summary>
    private const int ResourceUntyped = -3;

    // {"labels":{"instanceId":…}}: any other label is the user's.
    [MethodImpl(Hot.Code)]
    private byte* Labels(byte* p)
    {
        if (*p != '{')
        {
            _instance = -1;
            return Skip(p);
        }

        if (_labels.TryGet(p, out var length, out _instance) && p + length <= _end)
        {
            return p + length;
        }

        var start = p;
        _instance = -1;
        p = Space(p + 1);
        if (*p != '}')
        {
            while (true)
            {
                p = Key(p, out var key, out var keyLength);
                if (p == null)
                {
                    return null;
                }

                if (new ReadOnlySpan<byte>(key, keyLength).SequenceEqual("instanceId"u8))
                {
                    p = Text(p, out var id);
                    _instance = p != null && id.Length > 0 ? _instances.NumberOf(id.Span) : -1;
                }
                else
                {
                    p = Skip(p);
                }

                if (p == null)
                {
                    return null;
                }

                p = Space(p);
                if (*p != ',')
                {
                    break;
                }

                p = Space(p + 1);
            }
        }

        if (*p != '}' || p >= _end)
        {
            return null;
        }

        p++;
        _labels.Set(start, p - start, _instance);
        return p;
    }

    // {"type":"cloud_run_revision","labels":{"project_id":…,"location":…,"service_name":…,"revision_name":…}}
    [MethodImpl(Hot.Code)]
    private byte* Resource(byte* p)
    {
        if (*p != '{')
        {
            _resource = ResourceAbsent;
            return Skip(p);
        }

        if (_resources.TryGet(p, out var length, out _resource) && p + length <= _end)
        {
            return p + length;
        }

        var start = p;
        _resource = ResourceAbsent;
        JsonText type = default;
        ResourceLabels labels = default;
        p = Space(p + 1);
        if (*p != '}')
        {
            while (true)
            {
                p = Key(p, out var key, out var keyLength);
                if (p == null)
                {
                    return null;
                }

                var name = new ReadOnlySpan<byte>(key, keyLength);
                p = name.SequenceEqual("type"u8) ? Text(p, out type)
                    : name.SequenceEqual("labels"u8) ? ReadResourceLabels(p, out labels)
                    : Skip(p);
                if (p == null)
                {
                    return null;
                }

                p = Space(p);
                if (*p != ',')
                {
                    break;
                }

                p = Space(p + 1);
            }
        }

        if (*p != '}' || p >= _end)
        {
            return null;
        }

        p++;
        _resource = type.Length == 0 && labels.Service.Length == 0 ? ResourceUntyped
            : type.Length == 0 || type.Span.SequenceEqual("cloud_run_revision"u8) ? RevisionOf(labels)
            : ResourceOther;
        _resources.Set(start, p - start, _resource);
        return p;
    }

    private byte* ReadResourceLabels(byte* p, out ResourceLabels labels)
    {
        labels = default;
        if (*p != '{')
        {
            return Skip(p);
        }

        p = Space(p + 1);
        if (*p == '}')
        {
            return p + 1;
        }

        while (true)
        {
            p = Key(p, out var key, out var keyLength);
            if (p == null)
            {
                return null;
            }

            var name = new ReadOnlySpan<byte>(key, keyLength);
            p = name.SequenceEqual("project_id"u8) ? Text(p, out labels.Project)
                : name.SequenceEqual("location"u8) ? Text(p, out labels.Location)
                : name.SequenceEqual("service_name"u8) ? Text(p, out labels.Service)
                : name.SequenceEqual("revision_name"u8) ? Text(p, out labels.Revision)
                : Skip(p);
            if (p == null)
            {
                return null;
            }

            p = Space(p);
            if (*p != ',')
            {
                return *p == '}' && p < _end ? p + 1 : null;
            }

            p = Space(p + 1);
        }
    }

    private int RevisionOf(in ResourceLabels labels)
    {
        var length = labels.Project.Length + labels.Location.Length + labels.Service.Length + labels.Revision.Length + 4;
        var joined = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var at = 0;
        Append(joined, ref at, labels.Project);
        Append(joined, ref at, labels.Location);
        Append(joined, ref at, labels.Service);
        Append(joined, ref at, labels.Revision);
        return _revisions.NumberOf(joined);
    }

    private static void Append(Span<byte> joined, ref int at, in JsonText part)
    {
        part.Span.CopyTo(joined[at..]);
        at += part.Length;
        joined[at++] = 0;
    }

    // {"requestMethod":"GET","requestUrl":"https://…","status":200,"latency":"0.355516564s", …}
    [MethodImpl(Hot.Code)]
    private byte* HttpRequest(byte* p)
    {
        _http = new HttpFields { LatencyNs = -1 };
        _hasHttpRequest = *p == '{';
        if (!_hasHttpRequest)
        {
            return Skip(p);
        }

        p = Space(p + 1);
        if (*p == '}')
        {
            return p + 1;
        }

        while (true)
        {
            p = Key(p, out var key, out var keyLength);
            if (p == null)
            {
                return null;
            }

            var name = new ReadOnlySpan<byte>(key, keyLength);
            switch (keyLength)
            {
                case 6 when name.SequenceEqual("status"u8):
                    var value = p;
                    p = Skip(p);
                    _http.Status = p == null ? (ushort)0 : StatusOf(new ReadOnlySpan<byte>(value, (int)(p - value)));
                    break;
                case 7 when name.SequenceEqual("latency"u8):
                    p = Text(p, out var latency);
                    _http.LatencyNs = TimeText.Duration(latency.Span);
                    break;
                case 10 when name.SequenceEqual("requestUrl"u8):
                    p = Text(p, out _http.Url);
                    break;
                case 13 when name.SequenceEqual("requestMethod"u8):
                    p = Text(p, out _http.Method);
                    break;
                default:
                    p = Skip(p);
                    break;
            }

            if (p == null)
            {
                return null;
            }

            p = Space(p);
            if (*p != ',')
            {
                return *p == '}' && p < _end ? p + 1 : null;
            }

            p = Space(p + 1);
        }
    }

    // 200, also "200".
    [MethodImpl(Hot.Code)]
    private static ushort StatusOf(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)'"');
        if (text.Length is 0 or > 5)
        {
            return 0;
        }

        var status = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return 0;
            }

            status = (status * 10) + c - '0';
        }

        return status <= 999 ? (ushort)status : (ushort)0;
    }

    private struct ResourceLabels
    {
        public JsonText Project;
        public JsonText Location;
        public JsonText Service;
        public JsonText Revision;
    }

    private struct HttpFields
    {
        public JsonText Method;
        public JsonText Url;
        public long LatencyNs;
        public ushort Status;
    }
}
