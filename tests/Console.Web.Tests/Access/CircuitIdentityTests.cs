using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Web.Access;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

public sealed class CircuitIdentityTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    [Fact]
    public async Task Connection_OfSomebodyElse_FindsNobodySignedIn_AndOfTheSamePersonGoesOn()
    {
        await using var circuit = demo.Console.Services.CreateAsyncScope();
        var identity = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var host = Assert.IsAssignableFrom<IHostEnvironmentAuthenticationStateProvider>(identity);

        foreach (var (connection, shown) in new (string, string?)[] { ("sam@acme.example", "sam@acme.example"), ("clara@acme.example", null), ("sam@acme.example", "sam@acme.example") })
        {
            host.SetAuthenticationState(Task.FromResult(new AuthenticationState(UserOf(connection))));

            var user = (await identity.GetAuthenticationStateAsync()).User;
            Assert.Equal(shown, user.FindFirstValue(ClaimTypes.NameIdentifier));
            Assert.Equal(shown is not null, user.Identity?.IsAuthenticated == true);
        }
    }

    private ClaimsPrincipal UserOf(string email)
    {
        var now = TimeProvider.System.GetUtcNow();
        var user = ActorClaims.ToPrincipal(new Actor(email, email, [Role.Viewer]) { Origin = new ActorOrigin(Sessions.NewId(now), null, null) }, "test", now.AddHours(1));
        user.AddIdentity(new ConsoleIdentity(demo.Console.Services.GetRequiredService<Standings>().Of(user), []));
        return user;
    }
}
