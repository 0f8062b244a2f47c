using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class AnalysisIdTests
{
    [Fact]
    public void TryParse_OfOwnIds_GivesThemBack()
    {
        foreach (var id in new[] { AnalysisId.Live("example.com:acme-prod"), AnalysisId.NewWindow(), AnalysisId.NewUpload() })
        {
            Assert.True(AnalysisId.TryParse(id.Value, out var parsed));
            Assert.Equal(id, parsed);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("live-")]
    [InlineData("live-../../etc")]
    [InlineData("upload-../x")]
    [InlineData("upload-1234")]
    [InlineData("other-0199b0d2a1e57c5c9b1d6d7c8f9a0b1c")]
    public void TryParse_OfAnythingThatCouldNotBeAnId_Refuses(string? text) => Assert.False(AnalysisId.TryParse(text, out _));

    [Fact]
    public void Kind_FollowsThePrefix()
    {
        Assert.Equal(SourceKind.Live, AnalysisId.Live("acme").Kind);
        Assert.Equal("acme", AnalysisId.Live("acme").LiveProject);
        Assert.Equal(SourceKind.Window, AnalysisId.NewWindow().Kind);
        Assert.Equal(SourceKind.Upload, AnalysisId.NewUpload().Kind);
    }
}
