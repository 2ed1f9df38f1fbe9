namespace Trasgo.Manager;

/// <summary>
/// A generator that is a part of our binary (<c>trasgo generator NAME</c>). It runs as if a file trasgo-NAME-generator stood in the last of
/// the generator directories, so such a file in one of them takes its place, and an empty one or a link to /dev/null masks it.
/// </summary>
/// <param name="Inputs">Files and directories, absolute; where none of them exists there is nothing to generate, and no child is started.</param>
internal sealed record OwnGenerator(string Name, string[] Inputs)
{
    public string FileName => $"trasgo-{Name}-generator";
}
