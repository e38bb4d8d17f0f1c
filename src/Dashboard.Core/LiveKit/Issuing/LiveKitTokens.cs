using System.Text.Json;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.LiveKit.Issuing;

/// <summary>
/// Makes tokens for a LiveKit server. They are in the ledger like all others; but that server never asks Signet, so that a
/// revocation keeps nobody out of a room.
/// </summary>
public sealed class LiveKitTokens
{
    private readonly TokenIssuer _issuer;
    private readonly LiveKitOptions _options;

    internal LiveKitTokens(TokenIssuer issuer, IOptions<LiveKitOptions> options) => (_issuer, _options) = (issuer, options.Value);

    /// <summary>Issues a token, or says what is wrong with the request.</summary>
    /// <exception cref="StoreUnavailableException">The row could not be written; no token was issued.</exception>
    public async Task<LiveKitIssueOutcome> IssueAsync(LiveKitTokenRequest request, CancellationToken cancellationToken)
    {
        if (!_options.IsConfigured)
        {
            return new LiveKitIssueOutcome.NotConfigured(_options.MissingSettings);
        }

        if (LiveKitRequestRules.FaultsOf(request, _options) is { Count: > 0 } faults)
        {
            return new LiveKitIssueOutcome.Invalid(faults);
        }

        return await _issuer.IssueAsync(TokenRequestOf(request), cancellationToken) switch
        {
            TokenIssueOutcome.Issued issued => new LiveKitIssueOutcome.Issued(issued, _options.Url),
            TokenIssueOutcome.Invalid invalid => new LiveKitIssueOutcome.Invalid([.. invalid.Faults.Select(Named)]),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private static TokenRequest TokenRequestOf(LiveKitTokenRequest request) => new()
    {
        Kind = TokenKind.LiveKit,
        Subject = request.Identity,
        Client = request.Client,
        Lifetime = request.Lifetime,
        ExtraClaims = JsonSerializer.SerializeToElement(
            new LiveKitClaims
            {
                Name = request.Name,
                Video = request.Video,
                Sip = request.Sip,
                Inference = request.Inference,
                Agent = request.Agent,
                Observability = request.Observability,
                Metadata = request.Metadata,
                Attributes = request.Attributes,
                RoomPreset = request.RoomPreset,
            },
            LiveKitJson.Default.LiveKitClaims),
        Who = request.Who,
        Reason = request.Reason,
        Origin = request.Origin,
        Audited = request.Audited,
    };

    // Whoever asks calls them otherwise.
    private static FieldFault Named(FieldFault fault) =>
        fault.Field is "subject" ? fault with { Field = "identity" } : fault;
}
