using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>What any JSON must satisfy to be kept: PostgreSQL and a verifier in another language have to read the same from it.</summary>
internal static class JsonWords
{
    /// <summary>The end of a sentence that begins with the field; null when all is well. The parser has bounded the depth and read the property names.</summary>
    public static string? WhyUnfit(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (property.Name.Contains('\0', StringComparison.Ordinal))
                    {
                        return "has a property name with the character U+0000, which PostgreSQL cannot keep.";
                    }

                    if (WhyUnfit(property.Value) is { } why)
                    {
                        return why;
                    }
                }

                return null;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (WhyUnfit(item) is { } why)
                    {
                        return why;
                    }
                }

                return null;
            case JsonValueKind.String:
                try
                {
                    return value.GetString()!.Contains('\0', StringComparison.Ordinal)
                        ? "holds the character U+0000, which PostgreSQL cannot keep; remove it."
                        : null;
                }
                catch (InvalidOperationException)
                {
                    return "holds text that is not valid Unicode: half of a surrogate pair or broken UTF-8.";
                }

            case JsonValueKind.Number:
                if (!value.TryGetDouble(out var number) || !double.IsFinite(number))
                {
                    return "holds a number beyond the range of a double; send it as a string.";
                }

                return StoredSize.IsKept(JsonMarshal.GetRawUtf8Value(value))
                    ? null
                    : "holds a number with more than 16383 digits behind the point, which PostgreSQL cannot keep; send it as a string.";
            default:
                return null;
        }
    }
}
