using System.Text.Json;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.TokenTools;

/// <summary>One minting.</summary>
internal sealed class MintRun(CommandRun run, string? format)
{
    public Task<int> RunAsync(MintForm form, IReadOnlyList<string> defects, CancellationToken cancellationToken)
    {
        if (format is TokenFormats.Json)
        {
            run.AnswerInJson();
        }

        if (defects.Count > 1)
        {
            return Task.FromResult(Invalid("A test token has one thing wrong, or nobody learns which of them was noticed."));
        }

        form.Defect = defects is [var defect] ? defect : null;
        return MintRequests.Read(form, CommandRun.Who, out var faults) is { } request
            ? run.WithCoreAsync(
                services => MintAsync(services.GetRequiredService<TokenIssuer>(), request with { Reason = run.Reason }, cancellationToken),
                cancellationToken)
            : Task.FromResult(Invalid(faults));
    }

    private async Task<int> MintAsync(TokenIssuer issuer, TokenRequest request, CancellationToken cancellationToken)
    {
        if (run.IsDryRun && issuer.Preview(request) is { } claims)
        {
            run.Note("Nothing was minted. The token would say this, with another jti and the times of then:");
            var preview = JsonSerializer.Deserialize<JsonElement>(claims);
            return run.Answer(preview, TokenText.Json(preview));
        }

        return await (run.IsDryRun
            ? Task.FromResult<TokenIssueOutcome>(new TokenIssueOutcome.Invalid(issuer.FaultsOf(request)))
            : issuer.IssueAsync(request, cancellationToken)) switch
        {
            TokenIssueOutcome.Issued issued => Answer(issued, request),
            TokenIssueOutcome.Invalid invalid => Invalid(invalid.Faults),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private int Answer(TokenIssueOutcome.Issued issued, TokenRequest request)
    {
        if (format is null)
        {
            Say(issued, request);
        }

        return run.Answer(
            new MintedJson(issued.Token, "bearer", (long)issued.Lifetime.TotalSeconds, issued.TokenId, issued.ExpiresAt),
            format is TokenFormats.Header ? $"Authorization: Bearer {issued.Token}" : issued.Token);
    }

    private void Say(TokenIssueOutcome.Issued issued, TokenRequest request)
    {
        run.Note(
            $"Minted {issued.TokenId} for {request.Subject}: expires at {CommandText.Time(issued.ExpiresAt)}, lives "
            + $"{CommandText.Span(issued.Lifetime)}, scopes {(request.Scopes is [] ? "none" : ScopeText.Join(request.Scopes))}.");
        if (request.Defect is { } defect)
        {
            run.Note($"This is a test token ({defect.Name}): it never validates, and the ledger says so.");
        }
    }

    private int Invalid(IReadOnlyList<FieldFault> faults) =>
        Invalid(string.Join(' ', faults.Select(fault => $"{OptionOf(fault.Field)} {fault.Message}.")));

    private int Invalid(string message) => run.Refuse("INVALID", message, ExitCodes.WrongUse);

    private static string OptionOf(string field) => field switch
    {
        "lifetime" or "expires_in" => "--expires-in",
        _ => $"--{field}",
    };
}
