using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Control;

/// <summary>Requests that shall come: posted as JSON to <c>/simulator/requests</c>.</summary>
/// <param name="Service">Short name of a service of the project.</param>
/// <param name="Count">How many.</param>
/// <param name="Seconds">They are spread evenly over so long; 0: all at the same moment.</param>
internal sealed record RequestOrder(string Service, int Count, double Seconds)
{
    /// <summary>More at a time would be a load test of the simulation.</summary>
    public const int Most = 1000;

    /// <summary>Longest time they may be spread over.</summary>
    public const int Longest = 600;

    /// <summary>Reads an order; what is wrong with one that is none names the field.</summary>
    public static (RequestOrder? Order, string Problem) Of(JsonObject body)
    {
        if (body.Select(static field => field.Key).FirstOrDefault(static key => key is not ("service" or "count" or "seconds")) is { } unknown)
        {
            return (null, $"\"{unknown}\" is none of the fields service, count and seconds.");
        }

        if (body["service"] is not JsonValue name || !name.TryGetValue<string>(out var service) || service.Length == 0)
        {
            return (null, "\"service\" is the short name of a service: \"checkout\".");
        }

        if (body["count"] is not JsonValue number || !number.TryGetValue<int>(out var count) || count is < 1 or > Most)
        {
            return (null, $"\"count\" is a whole number from 1 to {Most}.");
        }

        var seconds = 0.0;
        if (body.ContainsKey("seconds") && (body["seconds"] is not JsonValue length || !length.TryGetValue(out seconds) || seconds is not (>= 0 and <= Longest)))
        {
            return (null, $"\"seconds\" is a number from 0 to {Longest}.");
        }

        return (new RequestOrder(service, count, seconds), "");
    }
}
