using System.CommandLine;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;

namespace Dashboard.Commands.Clients;

/// <summary><c>clients create</c>.</summary>
internal static class CreateClientCommand
{
    private static readonly Option<string> Name = new("--name") { Description = "What people call it.", Required = true };
    private static readonly Option<string[]> RedirectUris = Several("--redirect-uri", "Where codes go, exactly as the client sends it.");
    private static readonly Option<string[]> Grants = Several(
        "--grant",
        $"What it may ask for: {string.Join(", ", GrantTypes.All)}. Without it: {GrantTypes.AuthorizationCode} and {GrantTypes.RefreshToken}.");

    private static readonly Option<string[]> Scopes = Several("--scope", "A scope that it may have; several also separated by spaces or commas.");
    private static readonly Option<string[]> Resources = Several("--resource", "A resource that it may ask tokens for; without it, every one.");
    private static readonly Option<string[]> Audiences = Several(
        "--audience", "An audience that it is the API of: it may introspect the tokens for it.");

    private static readonly Option<string?> AuthMethod = new("--auth-method")
    {
        Description = $"How it proves itself: {string.Join(", ", Enum.GetValues<ClientAuthMethod>().Select(method => method.Name))}. Without it: "
            + "a secret, or the keys of --jwks.",
    };

    private static readonly Option<bool> Public = new("--public") { Description = "It cannot keep a secret, and proves itself by PKCE alone." };
    private static readonly Option<bool> Confidential = new("--confidential") { Description = "It proves itself, as is usual." };
    private static readonly Option<bool> Native = new("--native")
    {
        Description = "An app on people’s devices: its loopback redirect URIs hold for any port.",
    };

    private static readonly Option<string?> Jwks = FileSymbols.Option("--jwks", "A file with its public keys, a JWK set, for private_key_jwt.");
    private static readonly Option<string?> JwksUri = new("--jwks-uri") { Description = "Where its public keys are, for private_key_jwt." };
    private static readonly Option<TimeSpan?> Lifetime = DurationOption.Create(
        "--lifetime", "The registration expires so long from now, such as 90d; without it, never.");

    private static readonly Option<TimeSpan?> TokenLifetime = DurationOption.Create(
        "--access-token-lifetime", "How long its access tokens live; without it, as configured.");

    private static readonly Option<bool> Unverified = new("--unverified") { Description = "Do not vouch for it: consent pages say so." };

    static CreateClientCommand() => AuthMethod.AcceptOnlyFromAmong([.. Enum.GetValues<ClientAuthMethod>().Select(method => method.Name)]);

    public static Command Create(Verbs verbs) => verbs.Create(
        "create",
        "Registers a client, and prints its secret once; one without a secret: its client_id.",
        RunAsync,
        Name,
        RedirectUris,
        Grants,
        Scopes,
        Resources,
        Audiences,
        AuthMethod,
        Public,
        Confidential,
        Native,
        Jwks,
        JwksUri,
        Lifetime,
        TokenLifetime,
        Unverified,
        VerbOptions.Reason);

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var parsed = run.Parsed;
        if (MethodOf(parsed) is not { } method)
        {
            return run.RefuseInvalid(new FieldFault("--public", "goes with the method none alone, and --confidential with any other; not both"));
        }

        string? keys = null;
        if (parsed.GetValue(Jwks) is { } file && (keys = await ReadAsync(file, cancellationToken)) is null)
        {
            return run.RefuseInvalid(new FieldFault("--jwks", "is no file that can be read"));
        }

        var draft = DraftOf(parsed, method, keys);
        return await run.WithCoreAsync(
            async services => await services.GetRequiredService<ClientAdministration>()
                .CreateAsync(draft, run.Reason, CommandRun.Who, cancellationToken) switch
            {
                ClientCreation.Created created => Answer(run, created, services.GetRequiredService<TimeProvider>().GetUtcNow()),
                ClientCreation.Invalid { Faults: var faults } => run.RefuseInvalid(faults),
                _ => run.Refuse(ErrorCode.Conflict.Name, "The client id that was chosen is taken. Try again."),
            },
            cancellationToken);
    }

    private static int Answer(CommandRun run, ClientCreation.Created created, DateTimeOffset now)
    {
        var client = ClientJson.Of(created.Client, now) with { ClientSecret = created.Secret };
        if (created.Secret is not null)
        {
            return ClientAnswers.Secret(run, client, $"Registered {ClientAnswers.NameOf(created.Client)}. This secret is shown once:");
        }

        run.Note($"Registered {ClientAnswers.NameOf(created.Client)}. It has no secret; this is its client_id:");
        return run.Answer(client, client.ClientId);
    }

    // Null where what was said of it does not go together.
    private static ClientAuthMethod? MethodOf(ParseResult parsed)
    {
        var (isPublic, isConfidential) = (parsed.GetValue(Public), parsed.GetValue(Confidential));
        var method = ClientAuthMethods.Parse(parsed.GetValue(AuthMethod)) ?? (isPublic ? ClientAuthMethod.None
            : parsed.GetValue(Jwks) is not null || parsed.GetValue(JwksUri) is not null ? ClientAuthMethod.PrivateKeyJwt
            : ClientAuthMethod.ClientSecretBasic);
        return (isPublic && (isConfidential || method is not ClientAuthMethod.None)) || (isConfidential && method is ClientAuthMethod.None)
            ? null
            : method;
    }

    // Whoever registers a client vouches for it, unless they say otherwise.
    private static ClientDraft DraftOf(ParseResult parsed, ClientAuthMethod method, string? keys)
    {
        var draft = new ClientDraft { Name = parsed.GetRequiredValue(Name).Trim(), AuthMethod = method };
        return draft with
        {
            GrantTypes = parsed.GetValue(Grants) is { Length: > 0 } grants ? grants : draft.GrantTypes,
            RedirectUris = parsed.GetValue(RedirectUris) ?? [],
            Scopes = [.. (parsed.GetValue(Scopes) ?? [])
                .SelectMany(text => text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.Ordinal)],
            Resources = parsed.GetValue(Resources) ?? [],
            Audiences = parsed.GetValue(Audiences) ?? [],
            Lifetime = parsed.GetValue(Lifetime),
            AccessTokenLifetime = parsed.GetValue(TokenLifetime),
            IsVerified = !parsed.GetValue(Unverified),
            Details = new ClientDetails
            {
                ApplicationType = parsed.GetValue(Native) ? "native" : ClientDetails.None.ApplicationType,
                Jwks = keys,
                JwksUri = parsed.GetValue(JwksUri),
            },
        };
    }

    private static async Task<string?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Option<string[]> Several(string name, string description) => new(name) { Description = description };
}
