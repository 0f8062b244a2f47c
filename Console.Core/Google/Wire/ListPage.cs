using System.Text.Json;

namespace OpsConsole.Core.Google.Wire;

/// <summary>
/// One page of any list, cut into its items without reading them:
/// <c>{"services":[{…},{…}],"nextPageToken":"…","unreachable":["…"]}</c>. An empty list has no key at all.
/// </summary>
/// <param name="Items">Each a slice of the body, byte for byte.</param>
/// <param name="NextPageToken">Empty on the last page. A page may be empty and still have one.</param>
/// <param name="Unreachable">Regions that a global request could not reach.</param>
internal sealed record ListPage(IReadOnlyList<ReadOnlyMemory<byte>> Items, string NextPageToken, IReadOnlyList<string> Unreachable)
{
    /// <summary>Reads a page.</summary>
    /// <exception cref="JsonException">Not a JSON object of that shape.</exception>
    public static ListPage Read(ReadOnlyMemory<byte> body, string key)
    {
        var reader = new Utf8JsonReader(body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not a JSON object");
        }

        List<ReadOnlyMemory<byte>> items = [];
        List<string> unreachable = [];
        var next = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = reader.ValueTextEquals(key);
            var isToken = reader.ValueTextEquals("nextPageToken"u8);
            var isUnreachable = reader.ValueTextEquals("unreachable"u8);
            var isError = reader.ValueTextEquals("error"u8);
            reader.Read();

            // A key of another type than documented is not an absent one: that would be a list that ends, or an empty one.
            if ((isItems && reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
                || (isUnreachable && reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
                || (isToken && reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                || (isError && reader.TokenType == JsonTokenType.StartObject))
            {
                throw new JsonException("not a page of that list");
            }

            if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var start = checked((int)reader.TokenStartIndex);
                    reader.Skip();
                    items.Add(body[start..checked((int)reader.BytesConsumed)]);
                }
            }
            else if (isUnreachable && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        unreachable.Add(reader.GetString()!);
                    }

                    reader.Skip();
                }
            }
            else if (isToken && reader.TokenType == JsonTokenType.String)
            {
                next = reader.GetString()!;
            }
            else
            {
                reader.Skip();
            }
        }

        // The rest must be the end: half an object is an answer that broke off.
        while (reader.Read())
        {
        }

        return new ListPage(items, next, unreachable);
    }
}
