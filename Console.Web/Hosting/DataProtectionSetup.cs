using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Hosting;

/// <summary>Registers Data Protection over the console's database.</summary>
internal static class DataProtectionSetup
{
    /// <summary>Registers it.</summary>
    public static void AddProtection(this IServiceCollection services, ConsoleSettings settings)
    {
        if (settings.DataProtection.KeyFile.Length > 0)
        {
            services.AddSingleton(new KeyEncryption(settings.DataProtection.KeyFile));
        }

        services.AddDataProtection().SetApplicationName("OpsConsole");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(static provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new DatabaseKeyRing(provider.GetRequiredService<ProtectionKeys>());
            options.XmlEncryptor = provider.GetService<KeyEncryption>();
        }));
    }
}
