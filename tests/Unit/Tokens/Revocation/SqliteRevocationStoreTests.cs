using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Revocation;

public sealed class SqliteRevocationStoreTests : RevocationStoreContract
{
    private CoreHost _host = null!;

    public override ValueTask DisposeAsync() => _host.DisposeAsync();

    private protected override async Task<(IRevocationStore Store, ITokenLedger Ledger, IAuditStore Audit)> CreateAsync()
    {
        _host = await CoreHost.StartAsync();
        return (_host.Get<IRevocationStore>(), _host.Get<ITokenLedger>(), _host.Get<IAuditStore>());
    }
}
