using OpsConsole.Core.AuditTrail.Reconciliation;

namespace OpsConsole.Web.AuditTrail.Books;

/// <summary>Reconciliation as a feature of the host.</summary>
internal static class BooksSetup
{
    /// <summary>Registers statements, and what makes the daily ones.</summary>
    public static void AddBooks(this IServiceCollection services)
    {
        services.AddSingleton<BookReading>().AddSingleton<Statements>().AddSingleton<DailyStatements>();
        services.AddHostedService<DailyStatementsService>();
    }
}
