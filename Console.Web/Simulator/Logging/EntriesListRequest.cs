using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>Body of entries:list.</summary>
internal sealed record EntriesListRequest(string Filter, bool NewestFirst, int PageSize, string PageToken, string Parameters)
{
    private const int DefaultPageSize = 50;
    private const int MaximumPageSize = 1000;
    private const int MaximumResourceNames = 100;

    /// <summary>Reads and checks a body; the first error found is answered.</summary>
    public static (EntriesListRequest? Request, ApiError? Error) Read(JsonObject body, LoggingOptions options)
    {
        var fields = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in body)
        {
            var known = name switch
            {
                "resourceNames" or "resource_names" => "resourceNames",
                "projectIds" or "project_ids" => "projectIds",
                "filter" => "filter",
                "orderBy" or "order_by" => "orderBy",
                "pageSize" or "page_size" => "pageSize",
                "pageToken" or "page_token" => "pageToken",
                _ => null,
            };
            if (known is null)
            {
                return (null, ApiError.UnknownField(name));
            }

            fields[known] = value;
        }

        var names = Texts(fields.GetValueOrDefault("resourceNames")).ToList();
        names.AddRange(Texts(fields.GetValueOrDefault("projectIds")).Select(id => "projects/" + id));
        if (ResourceNames.Check(names, MaximumResourceNames, options) is { } refused)
        {
            return (null, refused);
        }

        var orderBy = Text(fields.GetValueOrDefault("orderBy"));
        if (orderBy is not ("" or "timestamp asc" or "timestamp desc"))
        {
            return (null, ApiError.InvalidArgument(
                $"Invalid order_by value '{orderBy}'. Only 'timestamp asc' and 'timestamp desc' are supported."));
        }

        var sizeText = Text(fields.GetValueOrDefault("pageSize"));
        var size = 0;
        if (sizeText.Length > 0 && !int.TryParse(sizeText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out size))
        {
            return (null, ApiError.InvalidArgument($"Invalid value at 'page_size' (TYPE_INT32), \"{sizeText}\""));
        }

        if (size is < 0 or > MaximumPageSize)
        {
            return (null, ApiError.InvalidArgument($"page_size must be between 0 and {MaximumPageSize}, but was {size}."));
        }

        var filter = Text(fields.GetValueOrDefault("filter"));
        return (new EntriesListRequest(
            filter,
            orderBy == "timestamp desc",
            size == 0 ? DefaultPageSize : size,
            Text(fields.GetValueOrDefault("pageToken")),
            string.Join('\n', [.. names.Order(StringComparer.Ordinal), orderBy, filter])), null);
    }

    private static string Text(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        _ => "",
    };

    private static IEnumerable<string> Texts(JsonNode? node) => node is JsonArray array ? array.Select(Text) : [];
}
