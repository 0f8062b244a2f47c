using Microsoft.AspNetCore.Authorization;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>That somebody has a permission, in the project and workspace that the address names.</summary>
internal sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;
