"""The programming interface, version 1: what the page shows, as JSON, and more.

To read it in order:

1. `parameters`   what can be asked: typed models, from which OpenAPI is generated
2. `answers`      what is answered: likewise
3. `problems`     errors, all in one form (RFC 9457)
4. `cursors`      where somebody stopped reading a result
5. `conditional`  entity tags: nothing is answered twice to whoever has it
6. `sharing`      which other sites may read it (CORS), and what no request may exceed
7. `endpoints`    the questions and answers themselves, and `exports`
8. `description`  the OpenAPI document and the page that shows it, laid out by `reference`
9. `application`  the Flask application that knows all of this

Nothing here is imported before `create_app` runs.
"""
