using Dashboard.Core.Grants.Authorizing;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.OAuth.Authorize;

/// <summary>
/// Asks whether a client may act for somebody. Leads with the place that the answer goes to, which cannot lie; what the client
/// says of itself can, and is shown as data.
/// </summary>
public sealed partial class ConsentForm(IOptions<ProtectedResourceOptions> resources, IOptions<SignetOptions> signet)
{
    public const string Decision = "decision";
    public const string Allow = "allow";
    public const string Deny = "deny";
    public const string Challenge = "challenge";
    public const string Fingerprint = "fingerprint";
    public const string Signature = "signature";

    [Parameter, EditorRequired]
    public AuthorizationRequest Request { get; set; } = null!;

    /// <summary>Who is signed in.</summary>
    [Parameter, EditorRequired]
    public string UserName { get; set; } = "";

    /// <summary>What the browser's key signs.</summary>
    [Parameter, EditorRequired]
    public string Proof { get; set; } = "";

    /// <summary>Where the form goes: the request's own address.</summary>
    [Parameter, EditorRequired]
    public string Action { get; set; } = "";

    /// <summary>Where somebody else signs in for this request.</summary>
    [Parameter, EditorRequired]
    public string SignInAgain { get; set; } = "";

    private string Audience => signet.Value.Audience;

    private string? ResourceName =>
        resources.Value.ProtectedResources.Find(known => known.Resource == (Request.Resource ?? Audience))?.Name;
}
