using OpsConsole.Core.Access;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Tests.Access;

public sealed class PermissionsTests
{
    [Theory]
    [InlineData(Role.Viewer, Permission.ViewServices, true)]
    [InlineData(Role.Viewer, Permission.AnalyseLogs, false)]
    [InlineData(Role.Viewer, Permission.AcceptFindings, false)]
    [InlineData(Role.Sre, Permission.AcceptFindings, true)]
    [InlineData(Role.Compliance, Permission.AcceptFindings, false)]
    [InlineData(Role.Compliance, Permission.ExportEvidence, true)]
    [InlineData(Role.Admin, Permission.ExportEvidence, false)]
    public void Allows_Role_HasWhatItIsFor(Role role, Permission permission, bool may) => Assert.Equal(may, new[] { role }.Allows(permission));

    [Fact]
    public void Allows_NoRole_HasNothing() => Assert.All(Enum.GetValues<Permission>(), static p => Assert.False(Array.Empty<Role>().Allows(p)));

    [Fact]
    public void RolesWith_EveryPermission_IsHeldBySomebody() => Assert.All(Enum.GetValues<Permission>(), static p => Assert.NotEmpty(Permissions.RolesWith(p)));

    [Fact]
    public void RoleWords_EveryRole_IsInWords() =>
        Assert.Equal("viewer, SRE, approver, compliance officer, administrator", RoleWords.Of(Enum.GetValues<Role>()));
}
