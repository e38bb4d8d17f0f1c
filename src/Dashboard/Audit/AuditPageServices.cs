namespace Dashboard.Audit;

internal static class AuditPageServices
{
    /// <summary>Registers what the pages of the audit log need beyond the core and the shell.</summary>
    public static IServiceCollection AddAuditPages(this IServiceCollection services) => services.AddScoped<AuditActs>();
}
