using System.Net.Http.Json;
using System.Text.Json;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>Notes the secrets that pass between a test and Signet.</summary>
internal sealed class SecretWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly JsonSerializerOptions AsSent = JsonSerializerOptions.Web;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Secrets.Note(request.Headers.Authorization);
        Secrets.NoteForm(request.RequestUri is { IsAbsoluteUri: true, Query: var query } ? query : null);
        await NoteBodyAsync(request.Content);
        var answer = await base.SendAsync(request, cancellationToken);
        await NoteAsync(answer, cancellationToken);
        return answer;
    }

    // Only bodies that lie in memory anyway: others are sent slowly, or never end, on purpose.
    private static async Task NoteBodyAsync(HttpContent? content)
    {
        switch (content)
        {
            case JsonContent { Value: { } value } json:
                var sent = JsonSerializer.SerializeToElement(value, json.ObjectType, AsSent);
                Secrets.Note(sent);
                Secrets.NoteClaims(sent);
                break;
            case FormUrlEncodedContent form:
                Secrets.NoteForm(await form.ReadAsStringAsync());
                break;
            case StringContent text:
                Secrets.NoteJson(await text.ReadAsStringAsync());
                break;
        }
    }

    private static async Task NoteAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            Secrets.NoteCookie(cookie.Split(';')[0].Split('=', 2)[^1]);
        }

        Secrets.NoteForm(answer.Headers.Location is { IsAbsoluteUri: true, Query: var query } ? query : null);
        if (answer.Content.Headers.ContentType?.MediaType is "application/json")
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            Secrets.NoteJson(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
