using System.Reflection;
using System.Runtime.CompilerServices;
using OpsConsole.Core.Crashing;
using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>
/// Kills the console at every step of <see cref="CrashStep"/>, starts it again on the same data, and looks whether it kept its promises: no
/// acknowledged event is lost, no change is without a record, nothing is applied twice.
/// </summary>
public sealed class CrashPointTests
{
    [Fact]
    public void EveryStep_HasACase()
    {
        var covered = CrashCases.Changes.Concat(CrashCases.Trail).Select(static c => c.Step).Concat(OtherCrashTests.Steps).Concat(WitnessCrashTests.Steps).ToList();

        Assert.Empty(Enum.GetValues<CrashStep>().Except(covered));
        Assert.Equal(covered.Count, covered.Distinct().Count());
    }

    [Fact]
    public void Arming_IsOutOfReachOfTheProduct()
    {
        Assert.DoesNotContain(typeof(CrashPoints).GetMethods(), static m => m.Name == nameof(CrashPoints.Arm));
        Assert.DoesNotContain(
            typeof(CrashPoints).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>(), static friend => friend.AssemblyName == typeof(Web.Hosting.ConsoleHost).Assembly.GetName().Name);
    }

    [Fact]
    public async Task EveryStepOfTheTrail_KeepsItsPromises() => await GoThroughAsync(DatabaseKind.Sqlite, CrashCases.Trail);

    internal static async Task GoThroughAsync(DatabaseKind kind, IReadOnlyList<CrashCase> cases)
    {
        await using var world = await CrashWorld.CreateAsync(kind);
        await world.StartAsync();
        foreach (var one in cases)
        {
            await one.Before(world);
            if (one.AtStart)
            {
                await world.KillAsync();
                await world.StartAndDieAsync(one.Step);
            }
            else
            {
                await world.DoAsync("arm", one.Step.ToString());
                await one.Drive(world);
                await world.DiedAsync();
            }

            await world.StartAsync();
            await one.After(world);
            await world.HoldsAsync(one.Step);
        }

        // Bulks are looked at when a console starts, and then every few minutes.
        foreach (var (_, look) in world.Later.Where(static l => !l.Step.ToString().StartsWith("Bulk", StringComparison.Ordinal)))
        {
            await look();
        }

        await world.KillAsync();
        await world.StartAsync();
        foreach (var (_, look) in world.Later)
        {
            await look();
        }

        await world.HoldsInTheEndAsync();
    }
}
