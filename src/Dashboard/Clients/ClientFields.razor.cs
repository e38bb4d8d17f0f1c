using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Core.Tokens;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Clients;

/// <summary>The fields of a registration, new or not. The page decides what to do with them.</summary>
public sealed partial class ClientFields
{
    private const string Example = "{ \"tenant\": \"acme\" }";

    private static readonly IReadOnlyList<TimeSpan> RegistrationLifetimes =
        [TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(180), TimeSpan.FromDays(365)];

    private static readonly IReadOnlyList<TimeSpan> AccessLifetimes =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(8),
        TimeSpan.FromDays(1),
    ];

    // The fields behind the fold, by the names of their faults.
    private static readonly string[] More =
        ["extra_claims", "client_uri", "logo_uri", "tos_uri", "policy_uri", "software_id", "software_version", "contacts"];

    [Parameter, EditorRequired]
    public ClientForm Form { get; set; } = null!;

    [Parameter]
    public bool IsNew { get; set; }

    [Parameter, EditorRequired]
    public TokenOptions Options { get; set; } = null!;

    /// <summary>What tokens are signed with here, the default first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<KeyAlgorithm> Algorithms { get; set; } = [];

    /// <summary>What is wrong with a field, named as in RFC 7591; null where nothing is.</summary>
    [Parameter, EditorRequired]
    public Func<string, string?> ErrorOf { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    private string AuthHint => Form.AuthMethod switch
    {
        ClientAuthMethod.None => "For apps that cannot keep a secret: browsers, phones, desktops. They prove themselves by PKCE alone.",
        ClientAuthMethod.PrivateKeyJwt => "RFC 7523. It signs with a key that never leaves it.",
        _ => "It gets a secret that is shown once. Signet keeps its hash alone.",
    };

    // What is wrong must not be out of sight.
    private bool HasMore => Form.ExtraClaims is not "" || Form.ClientUri is not "" || Form.Contacts is not "" || More.Any(name => ErrorOf(name) is not null);

    private Task SetAsync(Action set)
    {
        set();
        return OnChange.InvokeAsync();
    }

    // Refresh tokens come with codes alone: neither box is left in a state that cannot be saved.
    private Task SetGrantAsync(string grant, bool isAllowed) => SetAsync(() =>
    {
        if (isAllowed)
        {
            Form.GrantTypes.UnionWith(grant is GrantTypes.RefreshToken ? [grant, GrantTypes.AuthorizationCode] : [grant]);
        }
        else
        {
            Form.GrantTypes.ExceptWith(grant is GrantTypes.AuthorizationCode ? [grant, GrantTypes.RefreshToken] : [grant]);
        }
    });
}
