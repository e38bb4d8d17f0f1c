using Microsoft.Net.Http.Headers;

namespace Dashboard.OAuth;

/// <summary>The parameters of a request (RFC 6749 section 3.2): from its body, and from nowhere else.</summary>
internal sealed class OAuthForm
{
    private const string FormType = "application/x-www-form-urlencoded";

    // An address is logged, remembered and shown to others on its way: none of these belongs into one.
    private static readonly string[] Secrets =
        ["client_secret", "client_assertion", "code", "code_verifier", "refresh_token", "token", "access_token", "password"];

    private readonly IFormCollection _form;

    private OAuthForm(IFormCollection form) => _form = form;

    /// <summary>A parameter; null where it is absent or has no value, which is the same (RFC 6749 section 3.1).</summary>
    public string? this[string name] => _form[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Reads the form, or says what is wrong with the request.</summary>
    public static async Task<(OAuthForm? Form, OAuthRefusal? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase))
        {
            return (null, OAuthRefusal.InvalidRequest($"The body must be sent as {FormType}."));
        }

        if (Array.Exists(Secrets, request.Query.ContainsKey))
        {
            return (null, OAuthRefusal.InvalidRequest("Tokens, codes and credentials belong into the body, not into the address."));
        }

        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return form.Any(parameter => parameter.Value.Count > 1)
                ? (null, OAuthRefusal.InvalidRequest("A parameter is given more than once."))
                : (new OAuthForm(form), null);
        }
        catch (InvalidDataException)
        {
            return (null, OAuthRefusal.InvalidRequest("The form cannot be decoded, or has too many or too long fields."));
        }
    }
}
