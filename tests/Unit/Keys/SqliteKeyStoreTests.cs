using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

public sealed class SqliteKeyStoreTests : KeyStoreContract
{
    private CoreHost _host = null!;

    public override ValueTask DisposeAsync() => _host.DisposeAsync();

    private protected override async Task<(IKeyStore Store, IAuditStore Audit)> CreateAsync()
    {
        _host = await CoreHost.StartAsync();
        _host.Tamper("DELETE FROM signing_keys;");
        return (_host.Get<IKeyStore>(), _host.Get<IAuditStore>());
    }
}
