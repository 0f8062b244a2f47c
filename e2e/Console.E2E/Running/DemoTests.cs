namespace OpsConsole.E2E.Running;

/// <summary>All tests that share <see cref="DemoFixture"/>; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class DemoTests : ICollectionFixture<DemoFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "demo";
}
