using System.Net;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>What one request shows of the browser it came from; null for what it did not send.</summary>
/// <param name="UserAgent">The <c>User-Agent</c> header.</param>
/// <param name="AcceptLanguage">The <c>Accept-Language</c> header.</param>
/// <param name="Platform">The <c>Sec-CH-UA-Platform</c> header.</param>
/// <param name="Mobile">The <c>Sec-CH-UA-Mobile</c> header.</param>
/// <param name="Address">The peer's address.</param>
/// <param name="IsNavigation">
/// Whether the browser was loading a page. Hints and the list of languages are only comparable between requests of one
/// kind, and login is a navigation.
/// </param>
public sealed record ClientHeaders(
    string? UserAgent, string? AcceptLanguage, string? Platform, string? Mobile, IPAddress? Address, bool IsNavigation);
