using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Core.Access;

namespace Dashboard.Hosting.Settings;

/// <summary>Writes values as settings write them, without anything that opens a door.</summary>
internal static partial class SettingValues
{
    // Of a connection to Redis (StackExchange.Redis): everything else that has a value might be a password.
    private static readonly HashSet<string> OpenParts = new(StringComparer.OrdinalIgnoreCase)
    {
        "abortConnect", "allowAdmin", "asyncTimeout", "channelPrefix", "connectRetry", "connectTimeout", "configChannel",
        "configCheckSeconds", "defaultDatabase", "keepAlive", "name", "proxy", "resolveDns", "serviceName", "ssl", "sslHost",
        "sslProtocols", "syncTimeout", "tieBreaker", "user", "version", "writeBuffer",
    };

    /// <summary>What may be seen of a value; null where there is none.</summary>
    public static string? Show(object? value, SettingSecrecy secrecy) => (Write(value), secrecy) switch
    {
        (null or "", _) => null,
        (_, SettingSecrecy.Secret) => ClaimMask.Mask,
        (var text, SettingSecrecy.Connection) => string.Join(',', text.Split(',').Select(OpenPart)),
        (var text, _) => Open(text),
    };

    /// <summary>What a value looks like, in a word or two.</summary>
    public static string TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(string) => "text",
        var plain when plain == typeof(bool) => "true or false",
        var plain when plain == typeof(int) || plain == typeof(long) || plain == typeof(double) => "number",
        var plain when plain == typeof(TimeSpan) => "duration, as d.hh:mm:ss",
        { IsEnum: true } plain => string.Join(", ", Enum.GetNames(plain)),
        var plain when typeof(IDictionary).IsAssignableFrom(plain) => "names with values",
        var plain when typeof(IEnumerable).IsAssignableFrom(plain) => "list",
        var plain => plain.Name,
    };

    private static string? Write(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IDictionary map => string.Join("; ", map.Keys.Cast<object>()
            .Select(key => $"{Write(key)} = {Write(map[key])}")
            .Order(StringComparer.Ordinal)),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Write)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Open(string text) =>
        text.Contains("PRIVATE KEY", StringComparison.Ordinal) ? ClaimMask.Mask : UserOfAddress().Replace(text, ClaimMask.Mask);

    private static string OpenPart(string part) => part.Split('=', 2) switch
    {
        [var place] => place.Contains('@', StringComparison.Ordinal) ? ClaimMask.Mask : place,
        [var name, _] when OpenParts.Contains(name.Trim()) => part,
        [var name, _] when name.Trim().All(char.IsAsciiLetter) => $"{name}={ClaimMask.Mask}",

        // An equals sign within something else, such as the password of an address.
        _ => ClaimMask.Mask,
    };

    [GeneratedRegex(@"(?<=://)[^/@\s]+(?=@)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex UserOfAddress();
}
