using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.TokenTools;

/// <summary>One judgement, by the checks and in the words of the inspector.</summary>
internal sealed class ValidateRun(CommandRun run, TokenQuestion question)
{
    public async Task<int> RunAsync(string given, CancellationToken cancellationToken)
    {
        if (question.Read(out var fault) is not { } context)
        {
            return run.Refuse("INVALID", fault, ExitCodes.WrongUse);
        }

        var text = await TokenInput.ReadAsync(run, given, cancellationToken);
        if (TokenInput.Find(run, text, out fault) is not { } found)
        {
            return TokenInput.RefuseNothing(run, fault);
        }

        // With a key at hand nothing is asked of the store, which need not be there.
        return await (context.Key is null
            ? run.WithCoreAsync(services => JudgeAsync(services, found, context, cancellationToken), cancellationToken)
            : run.WithSettingsAsync(app => JudgeAsync(app.Services, found, context, cancellationToken)));
    }

    private async Task<int> JudgeAsync(
        IServiceProvider services, PastedText.Token found, ValidationContext context, CancellationToken cancellationToken)
    {
        var report = await services.GetRequiredService<TokenReporter>().ReportAsync(found.Text, context, cancellationToken);

        // Whoever is on the server itself sees what an administrator sees.
        var shown = report.MaskedFor(Roles.Administrator, services.GetRequiredService<ClaimMask>());
        return run.Answer(
            new InspectAnswer(shown, null, found.FoundIn, null, null),
            writer => new ReportText(writer, shown).Write(),
            shown.Accepted ? ExitCodes.Done : ExitCodes.No);
    }
}
