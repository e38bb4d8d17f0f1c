using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.Tokens;

/// <summary><c>tokens list</c> and <c>tokens show</c>.</summary>
internal sealed class TokenReading(CommandRun run, IServiceProvider services)
{
    private readonly TokenDirectory _directory = services.GetRequiredService<TokenDirectory>();

    public Task<int> ListAsync(CancellationToken cancellationToken)
    {
        var filter = TokenQuery.Read(name => TokenFilter.Options.Find(run.Parsed, name), out var faults);
        return faults is not []
            ? Task.FromResult(FilterOptions.Refuse(run, faults))
            : run.ListAsync(
                (cursor, limit) => _directory.ListAsync(filter, cursor, limit, cancellationToken),
                entry => TokenJson.Of(entry, _directory),
                new CommandTable("JTI", "KIND", "STATUS", "SUBJECT", "CLIENT", "ISSUED", "EXPIRES"),
                (table, token) => table.Add(
                    token.Jti,
                    token.Kind,
                    token.Status,
                    token.Subject,
                    token.ClientId,
                    CommandText.Time(token.IssuedAt),
                    CommandText.Time(token.ExpiresAt)));
    }

    public async Task<int> ShowAsync(string jti, CancellationToken cancellationToken)
    {
        if (await _directory.FindAsync(jti, cancellationToken) is not { } entry)
        {
            return TokenAnswers.Unknown(run);
        }

        // Whoever has the server's console sees what an administrator sees.
        var claims = services.GetRequiredService<ClaimMask>().Apply(
            JsonSerializer.Deserialize<JsonElement>(entry.Claims), Roles.Administrator);
        var timeline = await services.GetRequiredService<TokenTimelines>().ReadAsync(entry, cancellationToken);
        var detail = new TokenDetailJson(
            TokenJson.Of(entry, _directory),
            claims,
            [.. timeline.Select(item => new TimelineJson(item.At, item.Moment, item.Detail, item.RequestId))]);
        return run.Answer(detail, writer => Write(writer, detail));
    }

    private static void Write(TextWriter writer, TokenDetailJson detail)
    {
        var token = detail.Token;
        var facts = new CommandTable("FACT", "VALUE");
        facts.Add("jti", token.Jti);
        facts.Add("kind", token.Kind);
        facts.Add("status", token.Status);
        facts.Add("subject", token.Subject);
        facts.Add("client", token.ClientId);
        facts.Add("session", token.Session);
        facts.Add("family", token.Family);
        facts.Add("scope", token.Scope);
        facts.Add("audience", token.Audience);
        facts.Add("key", token.Kid);
        facts.Add("issued by", token.IssuedBy);
        facts.Add("test defect", token.TestDefect);
        facts.Add("claims", detail.Claims.GetRawText());
        facts.Write(writer);
        writer.WriteLine();

        var life = new CommandTable("AT", "MOMENT", "DETAIL", "REFERENCE");
        foreach (var item in detail.Timeline)
        {
            life.Add(CommandText.Time(item.At), NameOf(item.Moment), item.Detail, item.RequestId);
        }

        life.Write(writer);
    }

    private static string NameOf(TimelineMoment moment) => moment switch
    {
        TimelineMoment.Issued => "issued",
        TimelineMoment.FirstPresented => "first presented",
        TimelineMoment.LastPresented => "last presented",
        TimelineMoment.Refused => "refused",
        TimelineMoment.Revoked => "revoked",
        TimelineMoment.Expires => "expires",
        _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "No such moment."),
    };
}
