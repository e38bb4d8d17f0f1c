using System.Text.Json;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Inspection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>Stores the whole report of a refusal, so that a person can open it by the reference in the error message.</summary>
internal sealed class RefusalRecorder(TokenReporter reporter, EventLog events, ILogger<RefusalRecorder> logger)
{
    public async ValueTask RecordAsync(TokenUnderCheck token, TokenRefusal reason, CancellationToken cancellationToken)
    {
        var origin = token.Context.Origin;
        var report = await ReportAsync(token, cancellationToken);

        // Unverified claims are in the report alone: nothing is filed under a name that anybody could have written. The
        // report reached the ledger's row even where the verdict ended before it.
        var row = report?.Ledger;
        events.Record(new SecurityEvent
        {
            At = token.Now,
            Kind = EventKinds.TokenRefused,
            Outcome = EventOutcome.Refused,
            Code = reason.Code,
            Subject = row?.Subject,
            Client = row?.Client,
            Agent = row is null ? null : Subjects.AgentIdOf(row.Subject),
            TokenId = row?.TokenId,
            Session = row?.Session,
            Origin = origin,
            Detail = report?.Cause,
            Report = report is null ? null : JsonSerializer.Serialize(report, ReportJson.Options),
        });

        // A token that was taken over has no row where its issuer had revoked it before: that says nothing of the key.
        if (reason is TokenRefusal.Unknown && token is not { IsAdopted: true, Known: null })
        {
            logger.UnknownToken(token.Key?.KeyId, origin.RequestId);
            events.Record(new SecurityEvent
            {
                At = token.Now,
                Kind = EventKinds.UnknownToken,
                Outcome = EventOutcome.Alert,
                Code = reason.Code,
                Origin = origin,
                Detail = $"Key {token.Key?.KeyId} signed a token that Signet never issued.",
            });
        }
    }

    private async ValueTask<TokenReport?> ReportAsync(TokenUnderCheck token, CancellationToken cancellationToken)
    {
        try
        {
            return await reporter.ReportAsync(token.Raw, token.Context with { At = token.Now }, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            // The verdict stands without it.
            logger.ReportIncomplete(exception, token.Context.Origin.RequestId);
            return null;
        }
    }
}
