using System.Text.Json;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google.Wire;

namespace OpsConsole.Core.Google;

/// <summary>Cloud Resource Manager's projects:testIamPermissions.</summary>
internal sealed class ProjectAccess(GoogleConnection connection, GoogleTransport transport) : IProjectAccess
{
    public async Task<CloudResult<PermissionReport>> MissingPermissionsAsync(string project, CancellationToken cancellationToken)
    {
        if (connection.ResourceManagerBaseAddress is not { } address)
        {
            return new PermissionReport(project, [], []);
        }

        const string What = "Cloud Resource Manager";
        var answer = await transport.SendAsync(
            new GoogleCall(
                HttpMethod.Post,
                new Uri(address, $"v1/projects/{Uri.EscapeDataString(project)}:testIamPermissions"),
                What,
                "resourcemanager.projects.get",
                $"project {project}")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(
                    new PermissionsWire { Permissions = [.. PermissionReport.NeededToRead] }, WireJson.Default.PermissionsWire),
            },
            cancellationToken);
        if (answer.Error is not null)
        {
            return answer.Error;
        }

        try
        {
            // Answers with those that are granted; none granted is {} without the key.
            var granted = JsonSerializer.Deserialize(answer.Body.Span, WireJson.Default.PermissionsWire)?.Permissions ?? [];
            return new PermissionReport(
                project, PermissionReport.NeededToRead, [.. PermissionReport.NeededToRead.Except(granted, StringComparer.Ordinal)]);
        }
        catch (JsonException)
        {
            return new CloudRunError.BadAnswer(What, $"{GoogleErrors.Describe(answer.Body)}.");
        }
    }
}
