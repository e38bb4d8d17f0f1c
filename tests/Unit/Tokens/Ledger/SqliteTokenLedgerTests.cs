using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Ledger;

public sealed class SqliteTokenLedgerTests : TokenLedgerContract
{
    private CoreHost _host = null!;

    public override ValueTask DisposeAsync() => _host.DisposeAsync();

    private protected override async Task<ITokenLedger> CreateAsync()
    {
        _host = await CoreHost.StartAsync();
        return _host.Get<ITokenLedger>();
    }

    private protected override async Task<long> CountAuditAsync() =>
        (await _host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}
