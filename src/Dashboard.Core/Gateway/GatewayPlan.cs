using Dashboard.Core.Clients;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;

namespace Dashboard.Core.Gateway;

/// <summary>What a takeover has to write, and what its report says besides.</summary>
internal sealed class GatewayPlan
{
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<GatewayItem> _leftOut = [];
    private readonly List<GatewayItem> _changed = [];

    public List<Client> Clients { get; } = [];

    public List<LedgerEntry> Tokens { get; } = [];

    public List<AdoptedRefreshToken> RefreshTokens { get; } = [];

    public int Writes => Clients.Count + Tokens.Count + RefreshTokens.Count;

    public void Know(string sort) => _known[sort] = _known.GetValueOrDefault(sort) + 1;

    public void LeaveOut(string sort, string id, string reason) => _leftOut.Add(new GatewayItem(sort, id, reason));

    public void Note(string sort, string id, IEnumerable<string> notes) =>
        _changed.AddRange(notes.Select(note => new GatewayItem(sort, id, note)));

    public GatewayReport ReportOf(GatewayTakeover takeover, string? keyId, bool isKeyNew)
    {
        var data = takeover.Data;
        return new GatewayReport
        {
            Issuer = takeover.Issuer,
            TakenAt = data.TakenAt,
            KeyId = keyId,
            IsKeyNew = isKeyNew,
            Counts =
            [
                Count(GatewaySorts.Registrations, data.Registrations, Clients.Count),
                Count(GatewaySorts.Tokens, data.Tokens, Tokens.Count),
                Count(GatewaySorts.RefreshTokens, data.RefreshTokens, RefreshTokens.Count),
                Whole(GatewaySorts.UserTokens, data.UserTokens, Reading.LeftOut.UserTokens),
                Whole(GatewaySorts.States, data.States, Reading.LeftOut.States),
                Whole(GatewaySorts.Codes, data.Codes, Reading.LeftOut.Codes),
                Whole(GatewaySorts.Sessions, data.Sessions, Reading.LeftOut.Sessions),
            ],
            LeftOut = _leftOut,
            Changed = _changed,
        };
    }

    private GatewayCount Count(string sort, IReadOnlyList<GatewayEntry> found, int takenOver) => new(
        sort, found.Count, takenOver, _known.GetValueOrDefault(sort), _leftOut.Count(item => item.Sort == sort));

    private static GatewayCount Whole(string sort, IReadOnlyList<GatewayEntry> found, string why) =>
        new(sort, found.Count, 0, 0, found.Count, why);
}
