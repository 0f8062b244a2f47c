using Microsoft.AspNetCore.Authorization;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>The permission that a page or endpoint needs.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresAttribute(Permission permission) : AuthorizeAttribute(PolicyOf(permission))
{
    /// <summary>The permission.</summary>
    public Permission Permission { get; } = permission;

    /// <summary>Name of the policy that asks for a permission.</summary>
    public static string PolicyOf(Permission permission) => $"permission:{permission}";
}
