using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Canonical;

namespace OpsConsole.Core.Tests.AuditTrail.Canonical;

/// <summary>RFC 8785: published vectors, refusals, and laws.</summary>
public sealed class CanonicalJsonTests
{
    // Test vectors of cyberphone/json-canonicalization, folder testdata (Apache-2.0), by Anders Rundgren: input and expected output.
    public static TheoryData<string, string, string> Vectors => new()
    {
        { "arrays", """[56,{"d":true,"10":null,"1":[ ]}]""", """[56,{"1":[],"10":null,"d":true}]""" },
        {
            "french",
            """{"peach":"This sorting order","p\u00e9ch\u00e9":"is wrong according to French","p\u00eache":"but canonicalization MUST","sin":   "ignore locale"}""",
            "{\"peach\":\"This sorting order\",\"p\u00e9ch\u00e9\":\"is wrong according to French\",\"p\u00eache\":\"but canonicalization MUST\",\"sin\":\"ignore locale\"}"
        },
        {
            "structures",
            """{"1":{"f":{"f":"hi","F":5},"\n":56.0},"10":{ },"":"empty","a":{ },"111":[{"e":"yes","E":"no"}],"A":{ }}""",
            """{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}"""
        },
        { "unicode", """{"Unnormalized Unicode":"A\u030a"}""", "{\"Unnormalized Unicode\":\"A\u030a\"}" },
        {
            "values",
            """{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""",
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        },
        {
            "weird",
            """{"\u20ac":"Euro Sign","\r":"Carriage Return","\u000a":"Newline","1":"One","\u0080":"Control\u007f","\ud83d\ude02":"Smiley","\u00f6":"Latin Small Letter O With Diaeresis","\ufb33":"Hebrew Letter Dalet With Dagesh","</script>":"Browser Challenge"}""",
            "{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\u0080\":\"Control\u007f\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\ud83d\ude02\":\"Smiley\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryCanonicalise_PublishedVector_GivesItsBytes(string name, string input, string expected)
    {
        Assert.True(CanonicalJson.TryCanonicalise(Encoding.UTF8.GetBytes(input), out var canonical, out var problem), $"{name}: {problem}");
        Assert.Equal(Encoding.UTF8.GetBytes(expected), canonical);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"x":{"\u0061":1,"a":2}}""", "a")]
    [InlineData("""["\ud800"]""", "surrogate")]
    [InlineData("""["x\udc00y"]""", "surrogate")]
    [InlineData("""{"\ud83d":1}""", "surrogate")]
    [InlineData("[1e400]", "number")]
    [InlineData("[NaN]", "JSON")]
    [InlineData("[1,]", "JSON")]
    [InlineData("", "JSON")]
    [InlineData("1 2", "JSON")]
    public void TryCanonicalise_NoCanonicalForm_SaysWhy(string input, string expected)
    {
        Assert.False(CanonicalJson.TryCanonicalise(Encoding.UTF8.GetBytes(input), out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void TryCanonicalise_BytesThatAreNotUtf8_SaysWhy()
    {
        Assert.False(CanonicalJson.TryCanonicalise(new byte[] { (byte)'"', 0xFF, (byte)'"' }, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Write_DocumentThatAllowsDuplicates_Refuses()
    {
        // JsonDocument takes the last of two by default: a caller with such a document must not get bytes for it.
        using var document = JsonDocument.Parse("""{"b":1,"a":1,"b":2}""");

        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(document.RootElement));
    }

    [Fact]
    public void WriteString_HalfASurrogatePair_Refuses() =>
        Assert.All(
            ["\ud800", "a\udc00b", "\ud83d\n\ude02"],
            static text => Assert.Throws<CanonicalJsonException>(() => CanonicalString.Write(text, new System.Buffers.ArrayBufferWriter<byte>())));

    [Theory]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1.10", "1.1")]
    [InlineData("-0", "0")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("-1.5e-10", "-1.5e-10")]
    public void TryCanonicalise_Number_IsSpelledAsEcmaScriptDoes(string input, string expected)
    {
        Assert.True(CanonicalJson.TryCanonicalise(Encoding.UTF8.GetBytes(input), out var canonical, out _));
        Assert.Equal(expected, Encoding.UTF8.GetString(canonical));
    }

    [Fact]
    public void TryCanonicalise_AnyText_ReadsBackAndIsStable()
    {
        var characters = Gen.Elements("a", "\"", "\\", "/", "\b", "\u0000", "\u001f", "\u007f", "\u2028", "é", "\ud83d\ude02", "\ufb33", "<", "&");
        Laws.Holds(characters.ListOf().Select(string.Concat), text =>
        {
            var canonical = Canonical(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["t"] = text, [$"n{text}"] = "x" }));
            using var document = JsonDocument.Parse(canonical);
            return document.RootElement.GetProperty("t").GetString() == text
                && document.RootElement.GetProperty($"n{text}").GetString() == "x"
                && Canonical(canonical) == canonical
                && !canonical.Contains('\n', StringComparison.Ordinal);
        });
    }

    [Fact]
    public void TryCanonicalise_NamesInAnyOrder_GivesTheSameBytes()
    {
        var name = Gen.Elements("a", "B", "é", "\ud83d\ude02", "\ufb33", "", "1", "10", "2");
        Laws.Holds(name.ListOf(), names =>
        {
            var distinct = names.Distinct(StringComparer.Ordinal).ToList();
            return Canonical(ObjectOf(distinct)) == Canonical(ObjectOf(Enumerable.Reverse(distinct)));
        });
    }

    private static string ObjectOf(IEnumerable<string> names) => $"{{{string.Join(" , ", names.Select(n => $"{JsonSerializer.Serialize(n)}: {n.Length}"))}}}";

    private static string Canonical(string json) =>
        CanonicalJson.TryCanonicalise(Encoding.UTF8.GetBytes(json), out var canonical, out var problem) ? Encoding.UTF8.GetString(canonical) : $"refused: {problem}";
}
