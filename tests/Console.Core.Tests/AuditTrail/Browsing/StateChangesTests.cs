using System.Text.Json;
using OpsConsole.Core.AuditTrail.Browsing;

namespace OpsConsole.Core.Tests.AuditTrail.Browsing;

public sealed class StateChangesTests
{
    [Theory]
    [InlineData("""{"min":0,"max":10}""", """{"min":2,"max":10}""", "min: 0 -> 2")]
    [InlineData("""{"scaling":{"min":0}}""", """{"scaling":{"min":0,"max":3}}""", "scaling.max:  -> 3")]
    [InlineData("""{"a":"x"}""", "{}", "a: x -> ")]
    [InlineData("""{"labels":{"team/pay":"a"}}""", """{"labels":{"team/pay":"b"}}""", "labels[\"team/pay\"]: a -> b")]
    [InlineData("""{"tags":["a","b"]}""", """{"tags":["a","c","d"]}""", "tags[1]: b -> c|tags[2]:  -> d")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", "a: \"1\" -> 1")]
    [InlineData("""{"a":null}""", """{"a":"null"}""", "a: null -> \"null\"")]
    [InlineData("1", "2", ": 1 -> 2")]
    [InlineData("""{"a":1.0}""", """{"a":1.0}""", "")]
    public void Between_TwoStates_NamesWhatDiffers(string before, string after, string expected) =>
        Assert.Equal(expected, Text(StateChanges.Between(Json(before), Json(after))));

    [Fact]
    public void Between_NothingBefore_ListsAllOfAfter()
    {
        Assert.Equal("id:  -> 7|open:  -> true", Text(StateChanges.Between(null, Json("""{"id":"7","open":true}"""))));
        Assert.Equal("id: 7 -> ", Text(StateChanges.Between(Json("""{"id":"7"}"""), default(JsonElement))));
    }

    [Fact]
    public void Between_VeryLargeStates_StopsAtTheLimit() =>
        Assert.Equal(StateChanges.Limit, StateChanges.Between(null, Json($"[{string.Join(',', Enumerable.Range(0, 2000))}]")).Count);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static string Text(IEnumerable<FieldChange> changes) => string.Join('|', changes.Select(static c => $"{c.Path}: {c.Before} -> {c.After}"));
}
