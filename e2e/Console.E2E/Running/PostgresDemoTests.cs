namespace OpsConsole.E2E.Running;

/// <summary>All tests that share <see cref="PostgresDemoFixture"/>; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresDemoTests : ICollectionFixture<PostgresDemoFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "demo on PostgreSQL";
}
