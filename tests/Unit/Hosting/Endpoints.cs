using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dashboard.Tests.Unit.Hosting;

public sealed record SampleRequest(
    [property: Required, StringLength(5)] string? UserName, int Count, IReadOnlyList<string>? Scopes, SampleKind Kind);

public enum SampleKind
{
    First,
    SecondOne,
}

/// <summary>What the tests of the pipeline call.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        var open = app.MapGroup("").AllowAnonymous();
        open.MapGet("/hello", () => Results.Ok(new { GreetingText = "hello", Nothing = (string?)null }));
        open.MapGet("/number", (int value) => Results.Ok(value));
        open.MapGet("/page", () => Results.Content("<p>hello</p>", "text/html; charset=utf-8"));
        open.MapGet("/consent", (HttpContext context) =>
        {
            context.AllowFormTarget(new Uri("https://client.example.com/callback?x=1"));
            return Results.Content("<p>hello</p>", "text/html");
        });
        open.MapGet("/cached", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            return Results.Ok();
        });
        open.MapPost("/json", (SampleRequest body) => Results.Ok(body));
        open.MapPost("/raw", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            return Results.Ok((await reader.ReadToEndAsync(context.RequestAborted)).Length);
        });
        open.MapPost("/form", async (HttpContext context) =>
            Results.Ok((await context.Request.ReadFormAsync(context.RequestAborted)).Count));
        open.MapPost("/oauth/form", async (HttpContext context) =>
            Results.Ok((await context.Request.ReadFormAsync(context.RequestAborted)).Count)).WithOAuthErrors();
        open.MapGet("/many", () => Results.Ok()).AllowRepeated("scope");
        open.MapGet("/status/{status:int}", (int status) => Results.StatusCode(status));
        open.MapGet("/problem/{code}", (string code) => Problems.Create(code, "A detail.", ("nothing", null), ("agent_id", "a-1")));
        open.MapGet("/store", IResult () => throw new StoreUnavailableException("secret path /data/signet.db"));
        open.MapGet("/bug", IResult () => throw new InvalidOperationException("secret of the bug"));
        open.MapGet("/error", (string? reference) => Results.Content($"<p>error page {reference}</p>", "text/html"));
        open.MapGet("/not-found", () => Results.Content("<p>not found page</p>", "text/html"));
        open.MapGet("/sign-in", () => Results.SignIn(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(SignetClaims.Name, "anna")], Schemes.Session)),
            authenticationScheme: Schemes.Session));
        app.MapGet("/token", (IAntiforgery antiforgery, HttpContext context) => antiforgery.GetAndStoreTokens(context).RequestToken);
        app.MapGet("/closed", () => Results.Ok());
        app.MapGet("/admin", () => Results.Ok()).RequireAuthorization(Policies.ManageSessions);
        app.MapPost("/dashboard/thing", () => Results.Ok()).RequireAntiforgeryForCookies();
        open.MapPost("/_blazor/negotiate", () => Results.Ok());
    }
}
