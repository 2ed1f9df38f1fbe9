namespace Trasgo.Manager;

/// <summary>What the journal gets to know of a message besides its text: what the job was, and the identifier of messages of its kind.</summary>
internal readonly record struct LogDetails(string? MessageId = null, uint JobId = 0, string? JobType = null, string? JobResult = null);
