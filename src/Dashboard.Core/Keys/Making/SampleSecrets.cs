namespace Dashboard.Core.Keys.Making;

/// <summary>Secrets that everybody knows: from documents, templates and tutorials.</summary>
internal static class SampleSecrets
{
    private const int FewestDifferent = 8;

    // Random text of the usual alphabets holds none of these but once in ages.
    private static readonly string[] Marks =
    [
        "your-", "your_", "yoursecret", "changeme", "change-me", "change_me", "change-this", "change_this", "secret-key", "secret_key",
        "secretkey", "supersecret", "super-secret", "super_secret", "my-secret", "my_secret", "mysecret", "jwt-secret", "jwt_secret",
        "jwtsecret", "placeholder", "replace-", "replace_", "example", "at-least-", "at_least_", "256-bit", "insecure", "development",
        "password", "01234567890123456789", "abcdefghijklmnop",
    ];

    /// <summary>True for one of them, and for what has hardly any different characters.</summary>
    public static bool Contains(string secret) =>
        secret.Distinct().Count() < FewestDifferent
        || Array.Exists(Marks, mark => secret.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
