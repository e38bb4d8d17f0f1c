using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Dashboard.Core.Access;
using Dashboard.Hosting.Description;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.ApiReference;

/// <summary>The API's description for people.</summary>
public sealed class ApiReferencePageTests(SharedSignet<ApiReferencePageTests> shared)
    : IClassFixture<SharedSignet<ApiReferencePageTests>>, ISharesSignet
{
    private readonly WholeSignet _signet = shared.Signet;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_shows_every_operation_of_the_document_and_its_links_lead_to_something_on_it()
    {
        var cookie = await _signet.SignInAsync(await _signet.AddOperatorAsync("reader", Roles.Support));
        using var answer = await _signet.GetPageAsync("/docs/api", cookie);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Stop), Stop);
        using var document = JsonDocument.Parse(await _signet.Services.GetRequiredService<ApiDocument>().ReadAsync());
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("API reference", page.QuerySelector("h1")?.TextContent);
        Assert.Equal(
            operations.Order(StringComparer.Ordinal),
            page.QuerySelectorAll("section details.entry").Select(entry => entry.Id).Order(StringComparer.Ordinal));
        Assert.All(
            page.QuerySelectorAll("a[href^='/docs/api#']"),
            link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")!.Split('#')[1])));
        Assert.DoesNotContain(
            page.All.Select(each => each.Id).OfType<string>().Where(id => id.Length > 0).CountBy(id => id), id => id.Value > 1);

        var rotation = page.GetElementById("RotateKeys")!;
        Assert.Contains("POST", rotation.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("/dashboard/keys/rotation", rotation.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("administrator, with a recent proof", rotation.TextContent, StringComparison.Ordinal);
        Assert.Contains("STEP_UP_REQUIRED", rotation.TextContent, StringComparison.Ordinal);
        Assert.NotNull(rotation.QuerySelector("a[href='/docs/api#object-Rotation']"));
        Assert.NotNull(rotation.QuerySelector("a[href='/docs/api#object-RotationTrial']"));
        Assert.Contains("everybody.", page.GetElementById("Alive")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("code_verifier", page.GetElementById("Token")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stranger_is_led_to_the_login()
    {
        using var answer = await _signet.GetPageAsync("/docs/api", null);

        Assert.StartsWith("/login", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }
}
