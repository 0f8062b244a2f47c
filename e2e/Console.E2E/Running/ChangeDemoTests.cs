namespace OpsConsole.E2E.Running;

/// <summary>All tests that share <see cref="ChangeDemoFixture"/>; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ChangeDemoTests : ICollectionFixture<ChangeDemoFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "demo that is changed";
}
