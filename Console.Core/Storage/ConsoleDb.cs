using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Core.Storage;

/// <summary>The console's own database.</summary>
public abstract class ConsoleDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Acceptances of findings and their withdrawals: rows are added, never changed or deleted.</summary>
    public DbSet<AcceptanceRow> Acceptances => Set<AcceptanceRow>();

    /// <summary>Tokens of the HTTP API: added, revoked, never deleted.</summary>
    public DbSet<ApiTokenRow> ApiTokens => Set<ApiTokenRow>();

    /// <summary>Roles given on the console's page: added, withdrawn, never deleted.</summary>
    public DbSet<RoleAssignmentRow> RoleAssignments => Set<RoleAssignmentRow>();

    /// <summary>Keys that sign cookies.</summary>
    public DbSet<ProtectionKeyRow> ProtectionKeys => Set<ProtectionKeyRow>();

    /// <summary>Sessions that were ended before their time.</summary>
    public DbSet<EndedSessionRow> EndedSessions => Set<EndedSessionRow>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var acceptance = modelBuilder.Entity<AcceptanceRow>();
        acceptance.ToTable("finding_acceptance");
        acceptance.HasKey(static a => a.Id);
        acceptance.Property(static a => a.FindingId).HasMaxLength(64);
        acceptance.Property(static a => a.Project).HasMaxLength(128);
        acceptance.Property(static a => a.Service).HasMaxLength(128);
        acceptance.Property(static a => a.Template).HasMaxLength(2000);
        acceptance.Property(static a => a.Actor).HasMaxLength(320);
        acceptance.Property(static a => a.ActorName).HasMaxLength(200);
        acceptance.Property(static a => a.Reason).HasMaxLength(2000);
        acceptance.HasIndex(static a => new { a.Project, a.FindingId });

        var token = modelBuilder.Entity<ApiTokenRow>();
        token.ToTable("api_token");
        token.HasKey(static t => t.Id);
        token.Property(static t => t.Name).HasMaxLength(64);
        token.Property(static t => t.Workspace).HasMaxLength(128);
        token.Property(static t => t.Scope).HasMaxLength(32);
        token.Property(static t => t.Hash).HasMaxLength(32);
        token.Property(static t => t.MadeBy).HasMaxLength(320);
        token.Property(static t => t.RevokedBy).HasMaxLength(320);
        token.HasIndex(static t => t.Hash).IsUnique();

        var role = modelBuilder.Entity<RoleAssignmentRow>();
        role.ToTable("role_assignment");
        role.HasKey(static r => r.Id);
        role.Property(static r => r.Role).HasMaxLength(32);
        role.Property(static r => r.Assignee).HasMaxLength(330);
        role.Property(static r => r.MadeBy).HasMaxLength(320);
        role.Property(static r => r.WithdrawnBy).HasMaxLength(320);

        var key = modelBuilder.Entity<ProtectionKeyRow>();
        key.ToTable("protection_key");
        key.HasKey(static k => k.Name);
        key.Property(static k => k.Name).HasMaxLength(200);

        var ended = modelBuilder.Entity<EndedSessionRow>();
        ended.ToTable("ended_session");
        ended.HasKey(static s => s.Key);
        ended.Property(static s => s.Key).HasMaxLength(320);
    }
}
