namespace Dashboard.Core.Audit;

/// <summary>Is told what a verification of the whole audit log found, whoever asked for it. Register any number of them.</summary>
internal interface IAuditWatcher
{
    /// <summary>Does what follows from it. Never fails because of the store.</summary>
    Task VerifiedAsync(AuditVerification found, CancellationToken cancellationToken);
}
